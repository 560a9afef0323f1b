import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { readZip } from '../main/support/testing/readZip';
import { expect, test } from './fixtures';
import { answerSaveDialog } from './support/dialogs';
import { filesBelow } from './support/files';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';
import { until } from './support/wait';

/** One for each place a secret could come from; none of them stands anywhere by chance. */
const CANARIES = {
  cameraUser: 'kanarie-camera-user-1x',
  cameraPassword: `Kan@:/#%'camera-2x`,
  query: 'kanarie-query-3x',
  pathPair: 'kanarie-path-4x',
  userPassword: 'kanarie user password 5x',
  wrongPassword: 'kanarie wrong password 6x',
  passphrase: 'kanarie passphrase of a backup 7x',
  environment: 'kanarie-environment-8x',
  otherVariable: 'kanarie-plain-variable-9x',
  logAddress: 'kanarie-log-address-10x',
  logField: 'kanarie-log-field-11x',
  logHeader: 'kanarie-log-header-12x',
  logText: 'kanarie-log-text-13x',
} as const;

const SPELLINGS = Object.values(CANARIES).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  encodeURI(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(`${CANARIES.cameraUser}:${secret}`).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
]);

test('a support bundle says how the workstation is, and holds no secret of it', async ({
  dataDir,
  launch,
}) => {
  test.setTimeout(180_000);
  const app = await launch({
    dataDir,
    env: { VAS_API_KEY: CANARIES.environment, SOMETHING_ELSE: CANARIES.otherVariable },
  });
  const { page, vas } = app;
  await vas.command('secrets.accept-obfuscation', {});
  const camera = await vas.command('devices.create', {
    name: 'Gate',
    rtsp_url: `rtsp://127.0.0.1:1/user=me_password=${CANARIES.pathPair}_channel=2?token=${CANARIES.query}&stream=1`,
    username: CANARIES.cameraUser,
    password: CANARIES.cameraPassword,
  });
  await vas.command('users.create', { name: 'Robin', role: 'viewer', password: CANARIES.userPassword });
  await expect(
    vas.command('session.sign-in', { name: 'Robin', password: CANARIES.wrongPassword }),
  ).rejects.toThrow();
  await answerSaveDialog(app, path.join(dataDir, 'backup.json'));
  await vas.command('backup.create', { passphrase: CANARIES.passphrase });
  const logs = () => filesBelow(path.join(dataDir, 'logs')).filter((file) => file.endsWith('.log'));
  await until('the camera was tried', () =>
    logs().some((file) => readFileSync(file, 'utf8').includes(camera.id)),
  );
  // What no part of ours writes, and a program that we run might.
  await appendFile(
    logs()[0] ?? '',
    [
      `{"level":30,"line":"Opening 'rtsp://someone:${CANARIES.logAddress}@10.0.0.7/1?pwd=${CANARIES.logAddress}'"}`,
      `{"level":30,"inner":"{\\"password\\":\\"${CANARIES.logField}\\"}","secret":"${CANARIES.logField}"}`,
      `{"level":30,"line":"Authorization: Basic ${Buffer.from(`x:${CANARIES.logHeader}`).toString('base64')}"}`,
      `{"level":30,"line":"started with passphrase=${CANARIES.logText} and password: ${CANARIES.logText}"}`,
      `{"level":30,"line":"it is ${CANARIES.cameraPassword.replace(/'/g, '\\u0027')}, ${CANARIES.environment}"}`,
      '',
    ].join('\n'),
  );

  await openScreen(app, 'Health');
  const file = path.join(dataDir, 'bundle.zip');
  await answerSaveDialog(app, file);
  await page.getByRole('button', { name: 'Save support bundle' }).click();
  await expect(page.getByText(/^The support bundle was saved/)).toBeVisible({ timeout: 60_000 });

  const archive = readFileSync(file);
  const files = readZip(archive);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'README.txt',
      'versions.json',
      'doctor.json',
      'health.json',
      'configuration.json',
    ]),
  );
  const found = [['the archive itself', archive] as const, ...files].flatMap(([name, bytes]) => {
    const text = bytes.toString('utf8').toLowerCase();
    return SPELLINGS.filter((one) => text.includes(one.toLowerCase())).map((one) => `${name}: ${one}`);
  });
  expect(found).toEqual([]);

  // It is of use all the same.
  const textOf = (name: string) => files.get(name)?.toString() ?? '';
  const read = (name: string) => JSON.parse(textOf(name)) as Record<string, string>;
  expect(read('versions.json')['node']).toMatch(/^\d+\./);
  expect(read('doctor.json')).toMatchObject({
    programs: { ffmpeg: { works: true } },
    folders: { data: { writable: true } },
  });
  expect(read('health.json')).toMatchObject({ cameras: [{ camera_id: camera.id, name: 'Gate' }] });
  expect(textOf('configuration.json')).toContain('rtsp://127.0.0.1:1/user=[redacted]_password=[redacted]');
  expect(read('users.json')).toEqual({ administrator: 1, viewer: 1 });
  // Nor does it tell who works here.
  expect([...files].filter(([, bytes]) => bytes.includes('Robin')).map(([name]) => name)).toEqual([]);
  const log = [...files.keys()]
    .filter((name) => name.startsWith('logs/'))
    .map(textOf)
    .join('');
  expect(log).toContain('application started');
  expect(log).toContain("Opening 'rtsp://[redacted]@10.0.0.7/1?[redacted]'");
  expect(log).toContain('\\"password\\":\\"[redacted]\\"');
  for (const name of files.keys()) if (name.endsWith('.json')) expect(() => read(name), name).not.toThrow();

  // Who made it is written down; what cannot be written is told.
  const { entries } = await vas.query('audit.list', { filter: { actions: ['support.create'] }, limit: 10 });
  expect(entries).toMatchObject([{ outcome: 'done', detail: { file } }]);
  await openScreen(app, 'Settings');
  await page.getByRole('tab', { name: 'About' }).click();
  await answerSaveDialog(app, path.join(dataDir, 'missing', 'bundle.zip'));
  app.problems.allow('the test names a folder that does not exist', /support bundle could not be written/);
  await page.getByRole('button', { name: 'Save support bundle' }).click();
  await expect(page.getByText(/cannot be written to .*Choose another folder/)).toBeVisible({
    timeout: 60_000,
  });
  await inspectLooks(app, 'settings-about-support');
});
