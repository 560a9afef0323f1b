import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { h264 } from '../scripts/cameras/launches';
import { expect, observed, test } from './fixtures';
import { environmentOf } from './support/processes';
import { filesBelow } from './support/files';
import { recordRendererTraffic } from './support/traffic';
import { whenRunning } from './support/cameras';
import { whenRecording } from './support/recordings';
import { CamerasScreen, showInTile } from './support/screens';

/** Unlikely to stand anywhere by chance, and full of what breaks URLs, shells, JSON and SQL. */
const CANARY = `Kan@:/#%'arie-7q`;

/** Every spelling in which the password could have leaked. */
const SPELLINGS: readonly Buffer[] = [
  CANARY,
  encodeURIComponent(CANARY),
  encodeURIComponent(CANARY).replaceAll("'", '%27'),
  encodeURI(CANARY),
  JSON.stringify(CANARY).slice(1, -1),
  Buffer.from(CANARY).toString('base64'),
  Buffer.from(`viewer:${CANARY}`).toString('base64'),
  Buffer.from(CANARY).toString('hex'),
].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);

const holdsCanary = (data: Buffer): boolean => SPELLINGS.some((needle) => data.includes(needle));

/** Reads argument lists of every process of the machine again and again until stopped. */
function watchArgumentLists() {
  const hits = new Set<string>();
  let stopped = false;
  let rounds = 0;
  const done = (async () => {
    while (!stopped) {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const line = readFileSync(`/proc/${pid}/cmdline`);
          if (holdsCanary(line)) hits.add(line.toString('latin1').replaceAll('\0', ' '));
        } catch {
          // Ended meanwhile.
        }
      }
      rounds++;
      await delay(15);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await done;
      return { hits: [...hits], rounds };
    },
  };
}

test('the search finds a password that was planted', async () => {
  const argumentLists = watchArgumentLists();
  const address = `rtsp://viewer:${encodeURIComponent(CANARY)}@camera`;
  const careless = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 5000)', address]);
  await delay(500);
  careless.kill();
  const { hits } = await argumentLists.stop();
  expect(hits).toHaveLength(1);
  for (const leak of [JSON.stringify({ password: CANARY }), `x${CANARY}x`, encodeURIComponent(CANARY)])
    expect(holdsCanary(Buffer.from(leak)), leak).toBe(true);
  expect(holdsCanary(Buffer.from('rtsp://[redacted]@camera'))).toBe(false);
});

test('a camera password is found nowhere', async ({ server, launch }) => {
  await server.mount({ path: '/canary', launch: h264(), user: 'viewer', password: CANARY });
  const app = await launch({ env: { VAS_LOG_LEVEL: 'trace' } });
  const traffic = await recordRendererTraffic(app);
  const argumentLists = watchArgumentLists();

  // Planted as a user does, with the consent that this machine's key store asks for.
  expect(await app.vas.query('secrets.status', {})).toMatchObject({
    protection: 'obfuscation',
    accepted: false,
  });
  const screen = await CamerasScreen.open(app);
  const dialog = await screen.startAdding();
  await dialog.fill({ name: 'Vault', url: server.url('/canary'), user: 'viewer', password: CANARY });
  await dialog.testConnection();
  expect(await dialog.verdict()).toMatch(/H\.?264/i);
  await dialog.save({ consent: true });
  expect(await app.vas.query('secrets.status', {})).toMatchObject({ accepted: true });
  const [device] = (await app.vas.query('devices.list', {})).devices;
  if (!device) throw new Error('the camera was not saved');
  expect(device).toMatchObject({ username: 'viewer', has_password: true });
  await whenRunning(app, device.id);
  await whenRecording(app, device.id);

  // With the stored password; and with faults, whose texts must not tell either.
  const validated = await app.vas.command('devices.validate', { id: device.id, rtsp_url: device.rtsp_url });
  expect(validated.main.valid).toBe(true);
  for (const rtsp_url of [server.url('/elsewhere'), 'rtsp://127.0.0.1:1/x', 'rtsp://camera.invalid/x'])
    await app.vas.command('devices.validate', { id: device.id, rtsp_url });
  for (const request of [
    { id: device.id, rtsp_url: `rtsp://viewer:${encodeURIComponent(CANARY)}@127.0.0.1/x` },
    { id: device.id, rtsp_url: `rtsp://${CANARY}@127.0.0.1/x` },
  ])
    expect(await app.vas.call('command', 'devices.validate', request)).toMatchObject({ ok: false });
  await server.kick('/canary');
  await app.vas.whenStream(device.id, 'lost', ({ reconnects }) => reconnects > 0);
  await whenRunning(app, device.id);
  const tile = await showInTile(app, device);
  await tile.whenState('live');

  // The form of a stored camera does not show it either.
  const again = await CamerasScreen.open(app);
  const editing = await again.startEditing('Vault');
  expect(await editing.value('password')).toBe('');
  const shown = await app.page.evaluate(() => [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
  ]);
  expect(shown.filter((text) => holdsCanary(Buffer.from(text)))).toEqual([]);
  await editing.cancel();

  const environments = app
    .family()
    .filter((one) => holdsCanary(Buffer.from(environmentOf(one.pid), 'latin1')));
  expect(
    environments.map((one) => one.commandLine),
    'environments of children',
  ).toEqual([]);
  const lists = await argumentLists.stop();
  observed(`argument lists of all processes were read ${String(lists.rounds)} times`);
  expect(lists.rounds).toBeGreaterThan(50);
  expect(lists.hits, 'argument lists').toEqual([]);

  const messages = await traffic.messages();
  observed(`${String(messages.length)} messages to the page were searched`);
  expect(messages.some((message) => message.includes('devices.create') || message.includes(device.id))).toBe(
    true,
  );
  expect(
    messages.some((message) => message.includes('"phase":"running"')),
    'pushed values were seen',
  ).toBe(true);
  expect(
    messages.filter((message) => holdsCanary(Buffer.from(message))),
    'messages to the page',
  ).toEqual([]);

  await app.close();
  expect(
    app.output.filter((line) => holdsCanary(Buffer.from(line))),
    'standard output and error',
  ).toEqual([]);
  const files = filesBelow(app.dataDir);
  expect(files.filter((file) => file.endsWith('.db') || file.includes('.db')).length).toBeGreaterThan(0);
  observed(`${String(files.length)} files of the data folder were searched`);
  expect(
    files.filter((file) => holdsCanary(readFileSync(file))),
    'files of the data folder',
  ).toEqual([]);
});
