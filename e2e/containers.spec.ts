// Model containers as real Electron utility processes: onnxruntime, frame rings and sockets inside Electron.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { _electron as electron } from '@playwright/test';
import { build } from 'esbuild';
import type { InferenceRequest } from '../contract/inference/messages';
import type { ModelContainers } from '../main/containers/containers';
import { publishQuarters, writeModel } from '../test/containers/quarters';
import type * as Native from '../native';
import { expect, test } from './fixtures';
import { allProcesses } from './support/processes';
import { electronExecutable, repositoryRoot, sandboxArguments } from './support/runtime';
import { until } from './support/wait';

declare const globalThis: { containers?: ModelContainers };

const native = createRequire(import.meta.url)('../native/index.cjs') as typeof Native;
let folder: string;
let app: ElectronApplication;
let ring: Native.FrameRingWriter;
let request: InferenceRequest;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vas-e2e-c-'));
  mkdirSync(path.join(folder, 'shm'));
  await writeModel(path.join(folder, 'models'), { id: 'quarters' });
  await writeModel(path.join(folder, 'models'), {
    id: 'crashing',
    handler: "export default () => ({ async infer() { process.kill(process.pid, 'SIGSEGV'); for (;;) ; } });",
  });
  await writeModel(path.join(folder, 'models'), {
    id: 'hanging',
    handler: 'export default () => ({ async infer() { for (;;) ; } });',
  });
  const bundle = await build({
    entryPoints: [path.join(repositoryRoot, 'electron/containers/testing/program.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['electron', 'pino'],
  });
  const program = path.join(repositoryRoot, 'dist/e2e-containers.cjs');
  writeFileSync(program, bundle.outputFiles[0]?.contents ?? '');
  const env = { ...process.env } as Record<string, string>;
  delete env['ELECTRON_RUN_AS_NODE'];
  app = await electron.launch({
    executablePath: electronExecutable(),
    args: [...sandboxArguments(), program],
    env: {
      ...env,
      VAS_TEST_FOLDER: folder,
      VAS_TEST_ENTRY: path.join(repositoryRoot, 'dist/workers/container.worker.cjs'),
    },
  });
  await until('the containers exist', () => app.evaluate(() => globalThis.containers !== undefined));
  const file = path.join(folder, 'shm/vas_frames_c');
  ring = native.createFrameRing(file, { cameraId: 'c', maxPictureBytes: 64 * 48 * 1.5 });
  request = publishQuarters(ring, file, 'c', [16, 235, 16, 200]);
});
test.afterAll(() => {
  ring.close();
  rmSync(folder, { recursive: true, force: true });
});

const status = (id: string) =>
  app.evaluate((_electron, model) => {
    const { state, reason, pid, device, confined } = globalThis.containers?.get(model) ?? {};
    return { state, reason, pid: pid ?? 0, device, confined };
  }, id);
const start = (id: string) => app.evaluate((_electron, model) => globalThis.containers?.start(model), id);
const infer = (id: string, deadlineMs: number) =>
  app.evaluate((_electron, [model, what, limit]) => globalThis.containers?.infer(model, what, limit), [
    id,
    request,
    deadlineMs,
  ] as const);
const runs = (pid: number) => allProcesses().some((one) => one.pid === pid && !one.zombie);

test('a killed container is noticed within seconds while other programs are being started', async () => {
  // What FFmpeg is in the application: programs that are started while a container is, and inherit descriptors.
  await app.evaluate(() => {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const others: ReturnType<typeof spawn>[] = [];
    const timer = setInterval(() => others.push(spawn('sleep', ['60'], { stdio: 'ignore' })), 2);
    Object.assign(globalThis, {
      endOthers: () => others.forEach((one) => one.kill('SIGKILL')),
      stopOthers: () => clearInterval(timer),
    });
  });
  try {
    await start('quarters');
    await app.evaluate(() => (globalThis as unknown as { stopOthers: () => void }).stopOthers());
    const { pid } = await status('quarters');
    process.kill(pid, 'SIGKILL');
    await until('the end is shown', async () => (await status('quarters')).state === 'unavailable', {
      timeoutMs: 15_000,
    });
    expect((await status('quarters')).reason).toMatch(/SIGKILL|ended/);
    await app.evaluate(() => globalThis.containers?.restart('quarters'));
    expect(await status('quarters')).toMatchObject({ state: 'ready' });
    expect((await status('quarters')).pid).not.toBe(pid);
    await app.evaluate(() => globalThis.containers?.stop('quarters'));
  } finally {
    await app.evaluate(() => (globalThis as unknown as { endOthers: () => void }).endOthers());
  }
});

test('INV-69: a model runs in a utility process that reaches neither files nor network, fails alone and ends with the application', async () => {
  await start('quarters');
  expect(await status('quarters')).toMatchObject({
    ...{ state: 'ready', device: { actual: 'cpu' } },
    confined: { files: true, network: true },
  });
  const { pid } = await status('quarters');
  expect(runs(pid)).toBe(true);
  expect(pid).not.toBe(app.process().pid);

  const result = await infer('quarters', 10_000);
  expect(result?.ok && result.detections.map(({ bbox }) => bbox)).toEqual([
    [0.5, 0, 1, 0.5],
    [0.5, 0.5, 1, 1],
  ]);

  await start('crashing');
  expect(await infer('crashing', 10_000)).toMatchObject({ ok: false, failure: 'unavailable' });
  await until('the crash is shown', async () => (await status('crashing')).state === 'unavailable');
  expect((await status('crashing')).reason).toMatch(/ended/);

  await start('hanging');
  const hanging = (await status('hanging')).pid;
  expect(await infer('hanging', 300)).toMatchObject({ ok: false, failure: 'timeout' });
  await app.evaluate(() => globalThis.containers?.stop('hanging'));
  await until('the hanging container is gone', () => !runs(hanging));

  expect(await infer('quarters', 10_000)).toMatchObject({ ok: true });
  process.kill(app.process().pid ?? 0, 'SIGKILL');
  await until('the container is gone with the application', () => !runs(pid), { timeoutMs: 15_000 });
});
