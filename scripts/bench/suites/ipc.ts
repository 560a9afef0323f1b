import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { createModelContainers } from '../../../main/containers/containers';
import { createNodeLauncher } from '../../../main/containers/nodeLauncher';
import type * as Native from '../../../native';
import { publishQuarters, smallManifest } from '../../../test/containers/quarters';
import { identity } from '../../../test/onnx/identity';
import { inRoot } from '../../bootstrap/paths.mjs';
import { endChild } from '../../cameras/process';
import { percentile, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

/** Three threads of JavaScript are compiled meanwhile by others that take the processors from them. */
const WARM_UP = 5_000;
const SAMPLES = 10_000;
const DEADLINE_MS = 1_000;

/** A process whose socket hands what comes to a thread, and sends back what the thread says. */
const BARE = `
const { Worker } = require('node:worker_threads');
const thread = new Worker("const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => parentPort.postMessage(text));", { eval: true });
require('node:net').createServer((socket) => {
  socket.on('data', (data) => thread.postMessage(data.toString()));
  thread.on('message', (text) => socket.write(text));
}).listen(process.argv[1], () => console.log('ready'));`;
/** Bytes, about as long as a request. */
const BARE_BYTES = 400;

/** What the machine itself takes for the way to a container and back, milliseconds. */
async function bareRoundTrips(run: Run, cleanup: Cleanup, file: string): Promise<number[]> {
  const child = spawn(process.execPath, ['-e', BARE, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanup.add(() => endChild(child, 1000));
  await once(child.stdout, 'data');
  const socket = net.connect(file);
  await once(socket, 'connect');
  const times: number[] = [];
  for (let count = 0; count < WARM_UP + SAMPLES; count++) {
    run.signal.throwIfAborted();
    const began = performance.now();
    await new Promise((resolve) => {
      socket.once('data', resolve);
      socket.write('-'.repeat(BARE_BYTES));
    });
    if (count >= WARM_UP) times.push(performance.now() - began);
  }
  socket.destroy();
  await endChild(child, 1000);
  return times;
}

/** Round trips through the product's client, socket, container, frame ring and onnxruntime, with a model that does nothing. */
export function ipc(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const folder = await temporaryFolder(cleanup, 'ipc');
    const model = path.join(folder, 'models/identity');
    const exportDir = path.join(folder, 'shm');
    await mkdir(model, { recursive: true });
    await mkdir(exportDir);
    await writeFile(path.join(model, 'quarters.onnx'), identity());
    await writeFile(
      path.join(model, 'model.yaml'),
      smallManifest('identity', 'handler: handler.mjs\noutput_schema: { type: handler }'),
    );
    await writeFile(
      path.join(model, 'handler.mjs'),
      'export default ({ model }) => ({ async infer(frame) { await model.run(frame); return []; } });',
    );
    const containers = await createModelContainers({
      roots: [{ origin: 'imported', folder: path.join(folder, 'models') }],
      dataDir: folder,
      exportDir,
      launcher: createNodeLauncher(inRoot('dist/workers/container.worker.cjs')),
      clock: systemClock,
      log: silentLogger(),
    });
    cleanup.add(() => Promise.resolve(containers.dispose()));
    await containers.start('identity');

    const native = createRequire(inRoot('package.json'))('./native/index.cjs') as typeof Native;
    const file = path.join(exportDir, 'vas_frames_bench');
    const ring = native.createFrameRing(file, { cameraId: 'bench', maxPictureBytes: 64 * 48 * 1.5 });
    cleanup.add(() => Promise.resolve(ring.close()));

    const bare = await bareRoundTrips(run, cleanup, path.join(folder, 'bare.sock'));
    const warming: number[] = [];
    const times: number[] = [];
    let container = 0;
    for (let count = 0; count < WARM_UP + SAMPLES; count++) {
      run.signal.throwIfAborted();
      const request = publishQuarters(ring, file, 'bench', [16, 80, 160, 235]);
      const began = performance.now();
      const result = await containers.infer('identity', request, DEADLINE_MS);
      const took = performance.now() - began;
      if (!result.ok) throw new Error(`${result.failure}: ${result.message}`);
      (count < WARM_UP ? warming : times).push(took);
      if (count < WARM_UP) continue;
      container += result.inferenceMs ?? 0;
    }
    const method =
      `${SAMPLES} round trips one after the other, after ${WARM_UP} of warming up, each about a new 64x48 frame in a ring: main process's client, ` +
      'Unix socket, container process, frame ring, preprocessing, an ONNX identity in onnxruntime, and back. ' +
      'bare: as many bytes there and back through a socket and a thread of another Node process that do nothing else, in the same run.';
    const samples = {
      ...summarise(times),
      in_model_mean_ms: container / SAMPLES,
      bare: summarise(bare),
      warming: summarise(warming),
    };
    run.result({ id: 'ipc.p50_ms', value: percentile(times, 50), unit: 'ms', samples, method });
    run.result({ id: 'ipc.p99_ms', value: percentile(times, 99), unit: 'ms', samples, method });
  });
}
