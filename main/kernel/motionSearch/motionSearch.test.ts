import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { MotionSearchState } from '../../../contract';
import { cellsOf, MOTION_BYTES } from '../../../contract/motionGrid';
import { systemClock } from '../../base/clock';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../media/jobs';
import { createMediaWorker } from '../media/mediaWorker';
import { run } from '../media/testing/run';
import { record } from '../recording/testing/camera';
import { CAMERA, MEDIA_WORKER, OTHER_CAMERA, until, workstation } from '../recording/testing/workstation';
import type { Workstation } from '../recording/testing/workstation';
import { MotionSearches } from './motionSearches';

/** A box moves in the lower left of the picture from here to there, seconds. */
const [BEGINS, ENDS, LENGTH] = [12, 18, 30];
const INSIDE = cellsOf([
  [
    [0, 0.5],
    [0.45, 0.5],
    [0.45, 1],
    [0, 1],
  ],
]);
const OUTSIDE = cellsOf([
  [
    [0.55, 0],
    [1, 0],
    [1, 1],
    [0.55, 1],
  ],
]);
const SECOND_US = 1e6;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-motion-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function movingBox(codec: 'h264' | 'hevc', gop: number): Promise<string> {
  const file = path.join(folder, `${codec}-${String(gop)}.mp4`);
  const box = `overlay=x='20+mod(t*33\\,80)':y=120:enable='between(t,${String(BEGINS)},${String(ENDS)})'`;
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `smptebars=s=320x180:r=25:d=${String(LENGTH)}`],
    ...['-f', 'lavfi', '-i', 'color=white:s=30x40:r=25', '-filter_complex', `[0][1]${box}:shortest=1`],
    ...['-c:v', codec === 'h264' ? 'libx264' : 'libx265', '-preset', 'ultrafast', '-g', String(gop)],
    ...(codec === 'h264'
      ? ['-keyint_min', String(gop), '-sc_threshold', '0']
      : ['-x265-params', `keyint=${String(gop)}:min-keyint=${String(gop)}:scenecut=0:log-level=none`]),
    ...['-pix_fmt', 'yuv420p', '-y', file],
  ]);
  return file;
}

function searchesOf(at: Workstation) {
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log, true);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log, concurrency: 1, background: true });
  const searches = new MotionSearches({
    ...{ store: at.store, footage: at.recording, worker, jobs, clock: systemClock, log },
    flush: () => Promise.resolve(),
  });
  onTestFinished(async () => {
    await searches.dispose();
    await jobs.dispose();
    await worker.dispose();
  });
  return { searches, jobs };
}

const request = (fromUs: number, region: Uint8Array, length = LENGTH) => ({
  ...{ cameraId: CAMERA, fromUs, toUs: fromUs + length * SECOND_US, region, minCells: 1, gapSeconds: 3 },
});

async function found(
  searches: MotionSearches,
  wanted: ReturnType<typeof request>,
): Promise<MotionSearchState> {
  const id = searches.start('window', wanted);
  let last: MotionSearchState | null = null;
  const stop = searches.subscribe(id, (state) => (last = state));
  await until('the search is over', () => last !== null && last.state !== 'running', 60);
  stop();
  if (last === null) throw new Error('no state');
  return last;
}

async function footage(at: Workstation, codec: 'h264' | 'hevc' = 'h264', gop = 25): Promise<number> {
  const video = await movingBox(codec, gop);
  const camera = await record(at.recording, { cameraId: CAMERA, video, shiftUs: -120e6, paced: false });
  await camera.ended();
  return camera.startUs;
}

describe('a search for motion in recorded footage', () => {
  it.each([
    ['H.264 with a key frame a second', 'h264', 25],
    ['H.264 with key frames far apart', 'h264', 250],
    ['H.265', 'hevc', 50],
  ] as const)(
    'finds it where and when it was: %s',
    async (_what, codec, gop) => {
      const at = await workstation();
      const startUs = await footage(at, codec, gop);
      const { searches } = searchesOf(at);

      const outside = await found(searches, request(startUs, OUTSIDE));
      expect(outside).toMatchObject({ state: 'done', results: [], unread_s: 0, is_full: false });
      expect(outside.footage_s).toBeGreaterThan(LENGTH - 1.5);
      expect(outside.scanned_s).toBeCloseTo(outside.footage_s - outside.kept_s, 3);

      const at2 = await workstation();
      const again = await footage(at2, codec, gop);
      const inside = await found(searchesOf(at2).searches, request(again, INSIDE));
      expect(inside.results).toHaveLength(1);
      const [result] = inside.results;
      const seconds = (iso?: string) => (Date.parse(iso ?? '') * 1000 - again) / SECOND_US;
      expect(result?.source).toBe('scan');
      // Whole seconds, and pictures up to two seconds apart.
      expect(seconds(result?.start)).toBeGreaterThan(BEGINS - 3.1);
      expect(seconds(result?.start)).toBeLessThan(BEGINS + 1.1);
      expect(seconds(result?.end)).toBeGreaterThan(ENDS - 1.1);
      expect(seconds(result?.end)).toBeLessThan(ENDS + 3.1);
      expect(seconds(result?.peak_at)).toBeGreaterThan(BEGINS - 3.1);
      expect(result?.peak).toBeGreaterThan(0.01);
    },
    240_000,
  );

  it('keeps what it saw, so that the next search answers from it', async () => {
    const at = await workstation();
    const startUs = await footage(at);
    const { searches } = searchesOf(at);
    const first = await found(searches, request(startUs, OUTSIDE));
    expect(first.kept_s).toBe(0);
    const second = await found(searches, request(startUs, INSIDE));
    expect(second.kept_s).toBeGreaterThan(LENGTH - 4);
    expect(second.scanned_s).toBeLessThan(2.5);
    expect(second.results.map(({ source }) => source)).toEqual(['kept']);
    // Bytes that are no motion data of this camera are not touched.
    const rows = await at.store.read.motionSeconds({
      ...{ cameraId: OTHER_CAMERA, fromUs: startUs, toUs: startUs + 60e6 },
      region: new Uint8Array(MOTION_BYTES).fill(0xff),
    });
    expect(rows).toEqual([]);
  }, 60_000);

  it('takes kept data where there is some and looks through the rest', async () => {
    const at = await workstation();
    const startUs = await footage(at);
    const { searches } = searchesOf(at);
    await found(searches, request(startUs, OUTSIDE, 9));
    const whole = await found(searches, request(startUs, INSIDE));
    expect(whole.kept_s).toBeGreaterThan(6);
    expect(whole.kept_s).toBeLessThan(11);
    expect(whole.kept_s + whole.scanned_s).toBeCloseTo(whole.footage_s, 3);
    expect(whole.results.map(({ source }) => source)).toEqual(['scan']);
  }, 60_000);

  it('ends when it is cancelled, and with its window, and leaves no FFmpeg behind', async () => {
    const at = await workstation();
    const startUs = await footage(at);
    const { searches, jobs } = searchesOf(at);
    const states: (MotionSearchState | null)[] = [];
    const id = searches.start('window', request(startUs, INSIDE));
    searches.subscribe(id, (state) => states.push(state));
    await until('it looks through', () => jobs.stats().running > 0);
    searches.cancel('another window', id);
    expect(states.at(-1)?.state).toBe('running');
    searches.cancel('window', id);
    await until('it is over', () => states.at(-1)?.state === 'cancelled');
    expect(jobs.stats()).toEqual({ running: 0, waiting: 0 });
    searches.closeOwner('window');
    expect(states.at(-1)).toBeNull();
  }, 60_000);

  it('refuses more than 31 days, and says where nothing was recorded', async () => {
    const at = await workstation();
    const { searches } = searchesOf(at);
    expect(() => searches.start('window', request(0, INSIDE, 32 * 86_400))).toThrow('at most 31 days');
    const none = await found(searches, request(Date.now() * 1000 - 600e6, INSIDE));
    expect(none).toMatchObject({ state: 'done', footage_s: 0, results: [] });
  }, 30_000);
});
