// Motion from a real camera to the store's rows: people who walk, and a picture in which nothing moves.
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOTION_BYTES, sharedCells } from '../../contract/motionGrid';
import type { FrameExport } from '../../main/kernel/frames/frameExport';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { h264 } from '../../scripts/cameras/launches';
import { footageCamera, type SenderCamera } from '../../scripts/cameras/senders';
import { Bench, until } from '../ingest/support';
import { createFrames } from './support';

const FOOTAGE = path.resolve('assets/footage/pedestrians-768x576.mp4');
/** Its ring is not that of other tests that run at the same time. */
const CAMERA = '00000000-0000-4000-8000-00000000307e';
const ALL = new Uint8Array(MOTION_BYTES).fill(0xff);
const cells = (mask: Uint8Array): number => sharedCells(mask, ALL);

let server: CameraServer;
let frames: FrameExport;
let bench: Bench;
let footage: SenderCamera | undefined;
let noted: { wallUs: number; mask: Uint8Array }[];

beforeEach(async () => {
  server = await startCameraServer();
  noted = [];
  frames = await createFrames({ onMotion: (_camera, wallUs, mask) => noted.push({ wallUs, mask }) });
  bench = await Bench.create(undefined, { frames });
});
afterEach(async () => {
  await bench.dispose();
  await frames.dispose();
  await server.stop();
  await footage?.stop();
  footage = undefined;
});

/** Cells that move at medium sensitivity in each of some frames, after the background was learnt. */
async function movingCells(launch: string): Promise<number[]> {
  await server.mount({ path: '/cam', launch });
  bench.start(server.url('/cam'), null, {}, CAMERA);
  const seen: number[] = [];
  const listening = frames.onFrame(CAMERA, ({ motion }) => {
    if (motion) seen.push(cells(motion.medium));
  });
  const subscription = frames.subscribeFrames(CAMERA, { fps: 5 });
  await until('frames were looked at', () => seen.length >= 40, 60_000);
  void listening.dispose();
  subscription.dispose();
  return seen.slice(10);
}

describe('motion of a real camera', () => {
  it('people who walk are seen in most frames, and in a part of the picture only', async () => {
    footage = await footageCamera(FOOTAGE);
    const moving = await movingCells(footage.launch);
    expect(moving.filter((count) => count > 0).length).toBeGreaterThan(moving.length * 0.8);
    expect(Math.max(...moving)).toBeLessThan(300);
    // By the recording's clock, in order.
    expect(noted.length).toBeGreaterThanOrEqual(40);
    const times = noted.map(({ wallUs }) => wallUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.abs((times.at(-1) ?? 0) / 1000 - Date.now())).toBeLessThan(10_000);
  }, 90_000);

  it('in a still picture nothing moves, whatever its encoder makes of it', async () => {
    const still = await movingCells(h264({ width: 640, height: 360, fps: 15, still: true, kbps: 300 }));
    expect(still.every((count) => count === 0)).toBe(true);
  }, 90_000);
});
