import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { FrameInfo, TapRun, TapStats } from '../../../native';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { StreamId, StreamInfo } from '../streams';
import { streamIdOf } from '../streams';
import type { FramesAddon } from './addon';
import { FrameExport } from './frameExport';
import { RingBudget } from './sharedMemory';

const CAMERA = '00000000-0000-4000-8000-000000000e0c';
const PER_EPOCH = 2 ** 33;

const info: StreamInfo = {
  video: {
    ...{ codec: 'h264', profile: 'High', width: 320, height: 180, pixelFormat: 'yuv420p' },
    ...{ fps: 25, hasBFrames: false, gopSeconds: 1 },
  },
  audio: null,
};

/** A tap without a thread: counts as the native one does, and begins at epoch 0 like any new one. */
class FakeTap {
  readonly port = 1;
  readonly runs: TapRun[] = [];
  closed = false;
  #epoch = 0;
  #newest = 0;
  constructor(
    readonly onNews: () => void,
    private readonly descriptor: number,
  ) {}
  start(run: TapRun) {
    this.runs.push(run);
    return { input: this.descriptor, output: this.descriptor, log: this.descriptor };
  }
  /** Pictures come, the first of them with the first epoch of the run. */
  publish(count: number): number {
    const first = this.runs.at(-1)?.firstEpoch ?? NaN;
    if (this.#epoch !== first) this.#newest = first * PER_EPOCH;
    this.#epoch = first;
    for (let i = 0; i < count; i++) {
      this.#newest++;
      this.onNews();
    }
    return this.#newest;
  }
  stats(): TapStats {
    if (this.closed) throw new Error('the tap was closed');
    return {
      ...{ published: 1, refused: 0, misfits: 0, newestFrameId: this.#newest, epoch: this.#epoch },
      ...{ width: 320, height: 180, losses: 0, complaints: 0, packets: 0, keyFrames: 0 },
      ...{ running: true, changed: false, problem: '', log: [] },
    };
  }
  spawned = () => undefined;
  stop = () => undefined;
  setWallOffset = () => undefined;
  distrust = () => undefined;
  close = () => {
    this.closed = true;
  };
}

let folder: string;
/** Stands for FFmpeg: lives until it is ended, whatever it is told. Pictures come from the fake tap. */
let decoder: string;
let nothing: number;
/** Rings that are mapped now, by readers and by those that look for motion. */
let mapped: number;
let taps: FakeTap[];
let clock: SimulatedClock;
let frames: FrameExport;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-frame-export-'));
  decoder = path.join(folder, 'decoder');
  await writeFile(decoder, '#!/bin/sh\nexec sleep 60\n', { mode: 0o700 });
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  nothing = openSync('/dev/null', 'r+');
  taps = [];
  mapped = 0;
  clock = new SimulatedClock();
  const newest = () =>
    Math.max(...taps.filter(({ closed }) => !closed).map((tap) => tap.stats().newestFrameId));
  const addon = {
    createFrameTap: (onNews: () => void) => {
      const tap = new FakeTap(onNews, nothing);
      taps.push(tap);
      return tap;
    },
    openFrameRing: () => {
      mapped++;
      return { latest: () => ({ frameId: newest() }) as FrameInfo, close: () => mapped-- };
    },
    createMotionWatch: () => {
      mapped++;
      return { look: () => Promise.resolve(null), close: () => mapped-- };
    },
  } as unknown as FramesAddon;
  const stored = new Map<string, number>();
  frames = new FrameExport({
    addon,
    ffmpegPath: decoder,
    offer: { platform: 'linux', methods: [], devices: [] },
    epochs: {
      read: (id) => Promise.resolve(stored.get(id) ?? null),
      write: (id, next) => Promise.resolve(void stored.set(id, next)),
    },
    budget: new RingBudget(2 ** 30),
    capacity: 8,
    openSub: () => Promise.resolve({ dispose: () => undefined }),
    clock,
    log: silentLogger(),
  });
});
afterEach(async () => {
  await frames.dispose();
  closeSync(nothing);
});

/** The stream runs, as the ingest tells it. @returns its tap, when its decoder was begun */
async function begin(streamId: StreamId): Promise<FakeTap> {
  const known = taps.length;
  frames.prepare({ streamId, info, clock: { wallUsAt: (seconds) => seconds * 1e6 } });
  for (let report = 0; report < 3; report++) frames.progress(streamId, 0);
  const tap = taps[known];
  if (!tap) throw new Error('no tap was opened');
  await expect.poll(() => tap.runs.length).toBe(1);
  return tap;
}

it('INV-21: a stream that is stopped and started goes on with greater frame ids, and they are told at once', async () => {
  const seen: number[] = [];
  frames.onFrame(CAMERA, ({ frameId }) => seen.push(frameId));
  frames.subscribeFrames(CAMERA, { fps: 5 });
  const first = await begin(CAMERA);
  const last = first.publish(1000);
  await expect.poll(() => seen.at(-1)).toBe(last);
  frames.ended(CAMERA);
  await frames.release(CAMERA);

  const second = await begin(CAMERA);
  const next = second.publish(1);
  expect(next).toBeGreaterThan(last);
  await expect.poll(() => seen.at(-1)).toBe(next);
});

it('INV-21: the other stream of a camera goes on with greater frame ids, there and back', async () => {
  const seen: number[] = [];
  const sub = streamIdOf(CAMERA, 'sub');
  frames.onFrame(CAMERA, ({ frameId }) => seen.push(frameId));
  frames.subscribeFrames(CAMERA, { fps: 5, stream: 'sub' });
  const subTap = await begin(sub);
  subTap.publish(1000);
  // Somebody insists on the main stream, then no more.
  const onMain = frames.subscribeFrames(CAMERA, { fps: 5, stream: 'main' });
  const mainTap = await begin(CAMERA);
  mainTap.publish(500);
  onMain.dispose();
  await expect.poll(() => subTap.runs.length).toBe(2);
  subTap.publish(1);
  const epochs = [subTap.runs[0], mainTap.runs[0], subTap.runs[1]].map((run) => run?.firstEpoch ?? NaN);
  expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b));
  await expect.poll(() => Math.floor((seen.at(-1) ?? 0) / PER_EPOCH)).toBe(epochs[2]);
});

it('lets go of the ring when the run of the ingest ends, although somebody goes on listening', async () => {
  const seen: number[] = [];
  frames.onFrame(CAMERA, ({ frameId }) => seen.push(frameId));
  frames.subscribeFrames(CAMERA, { fps: 5 });
  const tap = await begin(CAMERA);
  tap.publish(3);
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  expect(mapped).toBe(2);
  frames.ended(CAMERA);
  await expect.poll(() => mapped).toBe(0);
});
