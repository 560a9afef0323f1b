import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { createLogger } from '../../main/base/logger';
import { probeStream } from '../../main/kernel/cameras/probe';
import { CameraService } from '../../main/kernel/cameras/service';
import { createIngest } from '../../main/kernel/ingest/ingest';
import { encodeUserInfo } from '../../main/kernel/ingest/concatScript';
import type { SecretVault } from '../../main/kernel/secrets';
import { openStore } from '../../main/store/store';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { h264 } from '../../scripts/cameras/launches';
import { children, FolderRecorder, LiveReceiver, until } from './support';

/** A word that nothing else on the machine can hold. */
const WORD = `w${randomBytes(8).toString('hex')}`;
const CANARY = `${WORD}@:/#%'word`;
const USER = 'operator';
/** Every form in which it could show; the middle of it alone would already be too much. */
const FORMS = [
  CANARY,
  encodeURIComponent(CANARY),
  encodeUserInfo(CANARY),
  WORD,
  Buffer.from(`${USER}:${CANARY}`).toString('base64'),
];

/** Keeps a password so that it cannot be found by searching; the shell's vault really encrypts. */
const vault: SecretVault = {
  protection: () => 'strong',
  backend: () => 'test',
  encrypt: (plain) => Promise.resolve(Uint8Array.from(Buffer.from(plain), (byte) => byte ^ 0x5a)),
  decrypt: (sealed) => Promise.resolve(Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString()),
};

let server: CameraServer;
let folder: string;

beforeEach(async () => {
  server = await startCameraServer();
  folder = await mkdtemp(path.join(tmpdir(), 'vas-password-'));
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * What other users could see: the argument lists of all processes, and the environments of our own children.
 * Never print it: other people's processes are none of a test's business.
 */
async function commandLines(): Promise<string> {
  const read = (file: string): Promise<string> => readFile(file, 'latin1').catch(() => '');
  const texts = await Promise.all(
    (await readdir('/proc'))
      .filter((entry) => /^\d+$/.test(entry))
      .map(async (pid) => {
        const parent = Number((await read(`/proc/${pid}/stat`)).replace(/^.*\) . /, '').split(' ')[0]);
        const own = parent === process.pid ? await read(`/proc/${pid}/environ`) : '';
        return `${await read(`/proc/${pid}/cmdline`)}\n${own}`;
      }),
  );
  return texts.join('\n');
}

it('shows a camera password to the camera and to nobody else', async () => {
  await server.mount({
    path: '/cam',
    launch: h264({ width: 320, height: 180 }),
    user: USER,
    password: CANARY,
  });
  let logged = '';
  const log = createLogger('trace', { write: (line) => void (logged += line) });
  const store = await openStore({
    ...{ dataDir: folder, workerPath: path.resolve('dist/workers/store.worker.cjs'), log },
    ...{ userName: 'test', now: () => systemClock.wallUs() },
  });
  const live = new LiveReceiver();
  const recording = new FolderRecorder(path.join(folder, 'recordings'));
  const told: unknown[] = [];
  const ingest = createIngest({
    ...{ ffmpegPath: 'ffmpeg', clock: systemClock, log, live, recording },
    onInfo: (_, info) => told.push(info),
  });
  ingest.onStatus((status) => told.push(status));
  const cameras = new CameraService({
    ...{ store, vault, ingest, clock: systemClock, log },
    recording: {
      setRecording: () => undefined,
      dropBuffer: () => Promise.resolve(),
      forget: () => undefined,
    },
    probe: (endpoint) => probeStream(endpoint, { ffmpegPath: 'ffmpeg', log }),
  });
  expect((await commandLines()).includes(WORD)).toBe(false);

  const request = { rtsp_url: server.url('/cam'), username: USER, password: CANARY };
  const validation = cameras.validate(request);
  let seen = '';
  for (let i = 0; i < 10; i++) seen += await commandLines();
  told.push(await validation);
  expect(told.at(-1)).toMatchObject({ main: { valid: true } });
  told.push(await cameras.validate({ ...request, password: `${CANARY}x` }));
  expect(told.at(-1)).toMatchObject({ main: { valid: false, code: 'unauthorized' } });

  const device = await cameras.create({ name: 'Gate', ...request });
  told.push(device, await cameras.list({ skip: 0, limit: 10 }));
  for (const state of ['starting', 'running'])
    await until(state, async () => {
      seen += await commandLines();
      return ingest.status(device.id)?.phase === state || ingest.status(device.id)?.phase === 'running';
    });
  seen += await commandLines();
  expect(seen.includes('segment_time=')).toBe(true);
  // What FFmpeg prints of the address when the camera goes away and refuses.
  await server.unmount('/cam');
  await until('a fault', () => ingest.status(device.id)?.fault?.code === 'not_found');
  await server.mount({
    path: '/cam',
    launch: h264({ width: 320, height: 180 }),
    user: USER,
    password: 'changed',
  });
  await until('another fault', () => ingest.status(device.id)?.fault?.code === 'unauthorized');
  await cameras.stopStream(device.id);
  await ingest.dispose();
  await store.dispose();

  let stored = '';
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (file.isFile()) stored += await readFile(path.join(file.parentPath, file.name), 'latin1');
  expect(stored.length).toBeGreaterThan(10_000);
  expect(logged.includes('unauthorized')).toBe(true);
  // Redacted where it is read, before the log's own redaction of addresses.
  expect(logged.includes("Impossible to open '[camera address]'")).toBe(true);
  const texts = {
    'command lines': seen,
    log: logged,
    'files on disk': stored,
    answers: JSON.stringify(told),
  };
  for (const [where, text] of Object.entries(texts))
    for (const form of FORMS) expect(text.includes(form), `${form} in ${where}`).toBe(false);
  expect(await children()).toBe(0);
}, 60_000);
