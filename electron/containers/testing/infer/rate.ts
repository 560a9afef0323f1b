import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { utilityProcess } from 'electron';
import { containerEnvironment } from '../../../../main/containers/launcher';
import type { FrameFeed, FrameReference } from '../../../../main/core/frames';
import { ringPath } from '../../../../main/kernel/frames/sharedMemory';
import type { FrameRingWriter } from '../../../../native';
import { createFrameRing } from '../../../../native';
import type { Setup } from './world';
import { openWorld, PICTURE } from './world';

/** Subscriptions, one a camera; with one request in flight each, the container always has work. */
const SUBSCRIPTIONS = 6;
const FPS = 30;
const SETTLE_MS = 700;

export interface RateFigures {
  /** Inferences a second, by turns. */
  readonly ours: number[];
  readonly alone: number[];
  readonly subscriptions: number;
  readonly committed: number;
  /** Milliseconds inside the container for each answer of ours, means. */
  readonly spent: Record<string, number>;
}

/** Frames a second of recorded pictures in real rings. */
class ReplayFeed implements FrameFeed {
  readonly #cameras = new Map<string, { ring: FrameRingWriter; tell: (frame: FrameReference) => void }>();
  readonly #pictures: Uint8Array[];
  #timer: NodeJS.Timeout | null = null;
  #count = 0;

  constructor(pictures: string) {
    const bytes = readFileSync(pictures);
    this.#pictures = Array.from({ length: bytes.length / PICTURE.bytes }, (_, index) =>
      Uint8Array.from(bytes.subarray(index * PICTURE.bytes, (index + 1) * PICTURE.bytes)),
    );
  }

  onFrame(cameraId: string, listener: (frame: FrameReference) => void): () => void {
    const ring = createFrameRing(ringPath(cameraId), { cameraId, maxPictureBytes: PICTURE.bytes });
    this.#cameras.set(cameraId, { ring, tell: listener });
    return () => {
      ring.close();
      this.#cameras.delete(cameraId);
    };
  }

  setDemand(): void {
    // The replay is as fast as it is.
  }

  play(): void {
    this.#timer = setInterval(() => this.#publish(), 1000 / FPS);
  }

  pause(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #publish(): void {
    const { width, height } = PICTURE;
    for (const [cameraId, { ring, tell }] of this.#cameras) {
      const data = this.#pictures[this.#count++ % this.#pictures.length];
      if (!data) throw new Error('no pictures');
      const monotonicUs = Number(process.hrtime.bigint() / 1000n);
      const wallUs = Date.now() * 1000;
      const time = { ptsUs: monotonicUs, wallUs };
      const frameId = ring.publish({ data, width, height, ...time, matrix: 'bt601', range: 'limited' });
      tell({
        ...{ cameraId, path: ringPath(cameraId), frameId, epoch: 1, width, height, monotonicUs, ...time },
        frameDurationUs: 1e6 / FPS,
      });
    }
  }
}

/** By turns: the product with several subscriptions, and onnxruntime alone in a loop, each while the other rests. */
export async function measureRate(setup: Setup): Promise<RateFigures> {
  const feed = new ReplayFeed(setup.pictures);
  const cameras = Array.from({ length: SUBSCRIPTIONS }, () => randomUUID());
  const world = await openWorld(setup, feed, cameras, null);
  const answered = () => world.containers.get(setup.modelId).figures.answered;
  const loop = await openLoop(setup);
  const ours: number[] = [];
  const alone: number[] = [];
  try {
    for (let round = 0; round < setup.rateRounds; round++) {
      feed.play();
      await delay(SETTLE_MS);
      const [before, began] = [answered(), performance.now()];
      await delay(setup.rateSeconds * 1000);
      ours.push(((answered() - before) * 1000) / (performance.now() - began));
      feed.pause();
      await delay(SETTLE_MS);
      alone.push(await loop.run(setup.rateSeconds * 1000));
    }
    const all = [...world.spent.values()];
    const mean = (part: keyof (typeof all)[number]) =>
      all.reduce((sum, one) => sum + one[part], 0) / Math.max(1, all.length);
    return {
      ...{ ours, alone, subscriptions: SUBSCRIPTIONS, committed: world.persistence.storedCount },
      spent: {
        model: mean('model'),
        preprocess: mean('preprocess'),
        postprocess: mean('postprocess'),
        wait: mean('wait'),
      },
    };
  } finally {
    feed.pause();
    loop.end();
    await world.dispose();
  }
}

/** The baseline in a utility process of its own, like a container. */
async function openLoop(setup: Setup) {
  const child = utilityProcess.fork(setup.loop, [], {
    serviceName: 'vas-bench-onnx-loop',
    env: containerEnvironment(),
    stdio: 'ignore',
  });
  const next = () =>
    new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the baseline ended')));
    });
  const loaded = next();
  child.postMessage({ root: setup.root, modelId: setup.modelId });
  await loaded;
  return {
    async run(milliseconds: number): Promise<number> {
      const result = next();
      child.postMessage({ milliseconds });
      return Number(await result);
    },
    end: () => void child.kill(),
  };
}
