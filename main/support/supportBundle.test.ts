import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SupportBundle } from '../../contract';
import { silentLogger } from '../base/logger';
import { NOW_US, temporaryFolder } from '../store/testing/fixtures';
import type { BundleDocument } from './bundleTask';
import { SupportBundles } from './supportBundle';
import { readZip } from './testing/readZip';

async function setUp(documents: () => Promise<BundleDocument[]> = () => Promise.resolve([])) {
  const folder = await temporaryFolder();
  const logFolder = path.join(folder, 'logs');
  await mkdir(logFolder);
  const target = { file: path.join(folder, 'bundle.zip') as string | null };
  const bundles = new SupportBundles({
    dialogs: { saveFile: () => Promise.resolve(target.file) } as never,
    documents,
    secrets: () => Promise.resolve({ passwords: ['xK4mQ7'], names: [], home: '/home/alex' }),
    logFolder,
    workerPath: path.resolve('dist/workers/support.worker.cjs'),
    nowUs: () => NOW_US,
    log: silentLogger(),
  });
  onTestFinished(() => bundles.dispose());
  const states: SupportBundle[] = [];
  const whenOver = () =>
    new Promise<SupportBundle>((resolve) =>
      bundles.subscribe(({ bundle }) => {
        if (bundle === null) return;
        states.push(bundle);
        if (bundle.state !== 'running') resolve(bundle);
      }),
    );
  return { folder, logFolder, target, bundles, states, whenOver };
}

it('writes documents and logs into one zip, redacted, and tells how far it is', async () => {
  const { logFolder, target, bundles, states, whenOver } = await setUp(() =>
    Promise.resolve([{ name: 'versions.json', text: '{"said":"xK4mQ7"}\n' }]),
  );
  const line = `${'a plain line that says nothing of it '.repeat(8)}\n`;
  await writeFile(path.join(logFolder, 'vas.1.log'), line.repeat(8_000));
  await appendFile(path.join(logFolder, 'vas.1.log'), 'at the end xK4mQ7');
  await writeFile(path.join(logFolder, 'notes.txt'), 'no log');
  await writeFile(path.join(logFolder, '..', 'other'), 'elsewhere');
  await symlink(path.join(logFolder, '..', 'other'), path.join(logFolder, 'link.log'));
  const { started } = await bundles.create();
  expect(started?.file).toBe(target.file);
  const done = await whenOver();
  expect(done).toMatchObject({ state: 'done', step: 'writing', message: null });
  const archive = await readFile(target.file ?? '');
  expect(done.bytes).toBe(archive.length);
  expect(archive.length).toBeLessThan(done.total / 10);
  const files = readZip(archive);
  expect([...files.keys()].sort()).toEqual(['README.txt', 'logs/vas.1.log', 'versions.json']);
  expect(files.get('versions.json')?.toString()).toBe('{"said":"[redacted]"}\n');
  const log = files.get('logs/vas.1.log')?.toString() ?? '';
  expect(log.startsWith(line)).toBe(true);
  expect(log.endsWith('at the end [redacted]\n')).toBe(true);
  expect(files.get('README.txt')?.toString()).toContain('logs/vas.1.log');
  expect(states.some(({ read, total }) => read > 0 && read < total)).toBe(true);
});

it('is made by one at a time, and not at all after Cancel', async () => {
  let release: (value: BundleDocument[]) => void = () => undefined;
  const { folder, target, bundles, whenOver } = await setUp(
    () => new Promise((resolve) => (release = resolve)),
  );
  const { started } = await bundles.create();
  await expect(bundles.create()).rejects.toMatchObject({ kind: 'conflict' });
  const over = whenOver();
  bundles.cancel(started?.id ?? '');
  release([]);
  expect((await over).state).toBe('cancelled');
  expect((await readdir(folder)).sort()).toEqual(['logs']);
  target.file = null;
  expect(await bundles.create()).toEqual({ started: null });
});

it('says what to do when the file cannot be written, and leaves nothing behind', async () => {
  const { folder, target, bundles, whenOver } = await setUp();
  target.file = path.join(folder, 'missing', 'bundle.zip');
  await bundles.create();
  const over = await whenOver();
  expect(over.state).toBe('failed');
  expect(over.message).toMatch(/cannot be written to .*ENOENT.*Choose another folder/);
  // A folder in its place keeps what is in it.
  target.file = path.join(folder, 'logs');
  await bundles.create();
  expect((await whenOver()).state).toBe('failed');
  expect((await readdir(folder)).sort()).toEqual(['logs']);
});
