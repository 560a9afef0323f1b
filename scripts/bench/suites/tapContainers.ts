import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { createModelContainers, type ModelContainers } from '../../../main/containers/containers';
import { createNodeLauncher } from '../../../main/containers/nodeLauncher';
import { openSocketFolder, socketPath } from '../../../main/containers/sockets';
import type { ExportedFrame, FrameExport } from '../../../main/kernel/frames/frameExport';
import { RING_FOLDER } from '../../../main/kernel/frames/sharedMemory';
import { writeModel } from '../../../test/containers/quarters';
import type { Cleanup } from '../lib/setup';
import { temporaryFolder } from '../lib/setup';

/** Of the containers' heap, MiB: what runs out of memory does so in a second, and the machine does not notice. */
const HEAP_MB = 128;
const DEADLINE_MS = 300;
/** How long a container may take to end the way it is meant to, milliseconds. */
const PATIENCE_MS = 15_000;

const handler = (body: string) => `export default () => ({ async infer() { ${body} } });`;
const MODELS = [
  { id: 'crashing', handler: handler('process.abort();') },
  { id: 'hanging', handler: handler('for (;;) ;') },
  {
    id: 'swelling',
    handler: handler('const all = []; for (;;) all.push(Array.from({ length: 1e5 }, Math.random));'),
  },
  { id: 'quarters' },
] as const;

/** What one way of failing came to. */
export interface Trouble {
  /** Containers that failed that way, or requests that were no requests. */
  readonly happened: number;
}

/** Real model containers that look at the frames of a camera and fail, one way after the other. */
export class FailingContainers {
  readonly #containers: ModelContainers;
  readonly #socketFolder: string;
  readonly #frames: FrameExport;
  readonly #cameraId: string;

  private constructor(
    containers: ModelContainers,
    socketFolder: string,
    frames: FrameExport,
    cameraId: string,
  ) {
    this.#containers = containers;
    this.#socketFolder = socketFolder;
    this.#frames = frames;
    this.#cameraId = cameraId;
  }

  static async open(cleanup: Cleanup, frames: FrameExport, cameraId: string): Promise<FailingContainers> {
    const folder = await temporaryFolder(cleanup, 'containers');
    const models = path.join(folder, 'models');
    await mkdir(models);
    for (const model of MODELS) await writeModel(models, model);
    const containers = await createModelContainers({
      roots: [{ origin: 'imported', folder: models }],
      ...{ dataDir: folder, exportDir: RING_FOLDER, clock: systemClock, log: silentLogger() },
      launcher: createNodeLauncher(path.resolve('dist/workers/container.worker.cjs'), [
        `--max-old-space-size=${String(HEAP_MB)}`,
      ]),
    });
    cleanup.add(async () => containers.dispose());
    return new FailingContainers(containers, await openSocketFolder(folder), frames, cameraId);
  }

  /** The container ends at its first frame and is started again, until the time is over. */
  async end(id: 'crashing' | 'swelling', until: number): Promise<Trouble> {
    let happened = 0;
    const stop = await this.#feed(id);
    while (Date.now() < until) {
      const limit = Date.now() + PATIENCE_MS;
      while (this.#containers.get(id).state !== 'unavailable' && Date.now() < limit) await delay(20);
      if (this.#containers.get(id).state !== 'unavailable') throw new Error(`${id} did not end`);
      happened++;
      await this.#containers.restart(id);
    }
    stop();
    await this.#containers.stop(id);
    return { happened };
  }

  /** The container holds the frame that it was given and never answers. */
  async hang(until: number): Promise<Trouble> {
    let happened = 0;
    const stop = await this.#feed('hanging', (failure) => {
      if (failure === 'timeout') happened++;
    });
    await delay(until - Date.now());
    stop();
    await this.#containers.stop('hanging');
    if (happened === 0) throw new Error('no request met the container that hangs');
    return { happened };
  }

  /** A working container gets noise, false lengths, requests that are none and frames that are not there. */
  async corrupt(until: number): Promise<Trouble> {
    let answered = 0;
    const stop = await this.#feed('quarters', (failure) => {
      if (failure === null) answered++;
    });
    const file = socketPath(this.#socketFolder, 'quarters');
    let happened = 0;
    while (Date.now() < until) {
      await sendTo(file, rubbish(happened));
      happened++;
      await delay(10);
    }
    stop();
    const { state } = this.#containers.get('quarters');
    await this.#containers.stop('quarters');
    if (state !== 'ready' || answered === 0)
      throw new Error(`the container that got noise is ${state} after ${String(answered)} answers`);
    return { happened };
  }

  /** Asks the model about every frame, as the core does. @returns stops */
  async #feed(id: string, onAnswer: (failure: string | null) => void = () => undefined) {
    await this.#containers.start(id);
    const listening = this.#frames.onFrame(this.#cameraId, (frame) => {
      if (this.#containers.get(id).state !== 'ready') return;
      void this.#containers
        .infer(id, requestFor(id, frame), DEADLINE_MS)
        .then((result) => onAnswer(result.ok ? null : result.failure));
    });
    return () => void listening.dispose();
  }
}

function requestFor(id: string, { path: file, frameId, width, height, cameraId }: ExportedFrame) {
  return {
    frame_reference: file,
    frame_metadata: { frame_id: frameId, width, height, format: 'NV12' as const },
    ...{ camera_id: cameraId, model_id: id, timestamp: Date.now() / 1000 },
  };
}

/** Something that is no request: noise, a length beyond the limit, text that is no JSON, a frame that is not there. */
function rubbish(turn: number): Uint8Array {
  const framed = (body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  };
  switch (turn % 4) {
    case 0:
      return randomBytes(1 + (turn % 4000));
    case 1:
      return Buffer.concat([Buffer.from([0x7f, 0xff, 0xff, 0xff]), randomBytes(100)]);
    case 2:
      return framed(Buffer.from('{"model_id": '));
    default:
      return framed(
        Buffer.from(
          JSON.stringify({
            frame_reference: ['/etc/passwd', '/dev/shm/vas_frames_none', '', 7][turn % 3],
            frame_metadata: { frame_id: -turn, width: 1e9, height: 0, format: 'NV12' },
            ...{ camera_id: 'x', model_id: 'quarters', timestamp: 'now', config: [] },
          }),
        ),
      );
  }
}

/** One connection: the bytes, a moment for an answer, the end. */
async function sendTo(file: string, bytes: Uint8Array): Promise<void> {
  const socket = connect({ path: file });
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.on('data', () => undefined);
  socket.end(bytes);
  await Promise.race([ended, delay(100)]);
  socket.destroy();
}
