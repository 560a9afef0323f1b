import path from 'node:path';
import { startCodedClock } from '../scripts/cameras/codedClock';
import type { CodedPicture } from '../scripts/cameras/codedPicture';
import { readCodedPictures } from '../scripts/cameras/codedFile';
import { expect, observed, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { filesBelow } from './support/files';
import { segmentsOf } from './support/recordings';
import { until } from './support/wait';

const FPS = 12;
const FRAME_MS = 1000 / FPS;
/** What a picture takes from the camera's clock to the workstation's, with a busy machine, milliseconds. */
const DELAY_MS = 700;

/** Numbers between 0 and 1 that are the same in each run. */
function* randomly(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

const listed = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

test('ten snapshots and clips of random times show the time that was asked for', async ({ launch }) => {
  test.setTimeout(420_000);
  const clock = await startCodedClock({ width: 640, height: 352, fps: FPS, gop: FPS, kbps: 600 });
  const app = await launch();
  const { vas } = app;
  try {
    const { id } = await vas.command('devices.create', { name: 'Clock', rtsp_url: clock.url });
    await whenRunning(app, id);
    const [first] = await until(
      'the first segment',
      async () => {
        const found = await segmentsOf(app, id);
        return found.length > 0 ? found : null;
      },
      { timeoutMs: 120_000 },
    );
    const begin = Date.parse(first?.start ?? '');
    await until('forty seconds of footage', () => Date.now() > begin + 42_000, { timeoutMs: 90_000 });

    const picturesOf = async (capture: string, extension: string): Promise<CodedPicture[]> => {
      const file = filesBelow(app.dataDir).find(
        (one) => path.basename(one) === `${capture}${extension}` && !one.includes('thumbnail'),
      );
      const pictures = await readCodedPictures('ffmpeg', file ?? '');
      expect(pictures.filter((one) => one === null).length, 'pictures that cannot be read').toBe(0);
      return pictures.filter((one) => one !== null);
    };
    const random = randomly(20_261_121);
    const anyTime = (from: number, to: number) => Math.round(from + random.next().value * (to - from));

    // How much older the picture is than the time that was asked for: the camera's delay, and up to one picture.
    const ages: number[] = [];
    const exact: number[] = [];
    for (let n = 0; n < 10; n++) {
      const asked = anyTime(begin + 6_000, begin + 36_000);
      const timestamp = new Date(asked).toISOString();
      const made = await vas.command('snapshots.capture-historical', { device_id: id, timestamp });
      const [picture] = await picturesOf(made.id, '.jpg');
      if (!picture) throw new Error('no picture');
      ages.push(asked - picture.madeAtMs);
      exact.push(asked - Date.parse(made.timestamp));
    }
    observed(`snapshots: asked minus burnt-in clock, ms: ${listed(ages)}`);
    observed(`snapshots: asked minus the time told, ms: ${listed(exact)}`);
    for (const behind of exact) {
      // The latest picture at or before the moment.
      expect(behind).toBeGreaterThanOrEqual(-1);
      expect(behind).toBeLessThan(2.5 * FRAME_MS);
    }
    const usual = median(ages);
    for (const age of ages) {
      expect(age).toBeGreaterThanOrEqual(-FRAME_MS);
      expect(age).toBeLessThan(DELAY_MS);
      expect(Math.abs(age - usual), 'the same delay for all').toBeLessThan(4 * FRAME_MS);
    }

    const starts: number[] = [];
    const ends: number[] = [];
    for (let n = 0; n < 10; n++) {
      const center = anyTime(begin + 8_000, begin + 34_000);
      const seconds = 3;
      const made = await vas.command('bookmarks.capture-historical', {
        ...{ device_id: id, center_timestamp: new Date(center).toISOString(), duration: seconds },
      });
      const pictures = await picturesOf(made.id, '.mp4');
      const [head, tail] = [pictures[0], pictures.at(-1)];
      if (!head || !tail) throw new Error('no pictures');
      starts.push(center - 1500 - head.madeAtMs);
      ends.push(center + 1500 - tail.madeAtMs);
      expect(pictures.length).toBeGreaterThan(0.7 * seconds * FPS);
    }
    observed(`clips: wanted begin minus clock of the first picture, ms: ${listed(starts)}`);
    observed(`clips: wanted end minus clock of the last picture, ms: ${listed(ends)}`);
    for (const value of [...starts, ...ends])
      expect(Math.abs(value - usual), 'a picture at most from where it was asked').toBeLessThan(4 * FRAME_MS);

    const clicked = Date.now();
    const live = await vas.command('bookmarks.capture-live', { device_id: id, duration: 5 });
    const seen = await picturesOf(live.id, '.mp4');
    const [oldest, newest] = [seen[0]?.madeAtMs ?? 0, seen.at(-1)?.madeAtMs ?? 0];
    observed(
      `live clip of 5 s: from ${((oldest - clicked) / 1000).toFixed(2)} s to ${((newest - clicked) / 1000).toFixed(2)} s around the click`,
    );
    expect(newest).toBeLessThanOrEqual(clicked + FRAME_MS);
    expect(newest).toBeGreaterThan(clicked - 1500 - DELAY_MS);
    expect(oldest).toBeLessThanOrEqual(clicked - 4_500);

    // A stream's clock finds its level within the first seconds; what was stamped then must not be off.
    const early: number[] = [];
    for (const after of [300, 1000, 2000, 3000]) {
      const asked = begin + after;
      const timestamp = new Date(asked).toISOString();
      const made = await vas.command('snapshots.capture-historical', { device_id: id, timestamp });
      const [picture] = await picturesOf(made.id, '.jpg');
      if (picture) early.push(asked - picture.madeAtMs);
    }
    observed(
      `the run's first seconds: asked minus burnt-in clock, ms: ${listed(early)}; later ${usual.toFixed(0)}`,
    );
    for (const age of early) expect(Math.abs(age - usual), 'first seconds').toBeLessThan(300);
  } finally {
    await clock.stop();
  }
});
