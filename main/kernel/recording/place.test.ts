import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SegmentRow } from '../../store/types';
import {
  archivePath,
  parseArchivePath,
  parseSegmentFileName,
  segmentFileName,
  segmentPattern,
} from './layout';
import type { Span } from './place';
import { footageEnd, freeStart } from './place';

const CAMERA = '00000000-0000-4000-8000-000000000001';
const MS = 1000;

/** Rows of one camera, answered as the store does. */
function rows(spans: readonly Span[]) {
  const sorted = [...spans].sort((a, b) => a.startUs - b.startUs);
  return {
    findSegments: (_camera: string, fromUs: number, toUs: number, limit = Infinity) =>
      Promise.resolve(
        sorted.filter((span) => span.startUs < toUs && span.endUs > fromUs).slice(0, limit) as SegmentRow[],
      ),
    lastSegmentEnd: () => Promise.resolve(sorted.at(-1)?.endUs ?? null),
  };
}

/** Spans without overlap, on a small time line in milliseconds. */
const timeline = fc
  .array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 5000 })), { maxLength: 8 })
  .map((steps) => {
    let at = 0;
    return steps.map(([gap, length]): Span => {
      const startUs = at + gap * MS;
      at = startUs + length * MS;
      return { startUs, endUs: at };
    });
  });

describe('the place of new footage', () => {
  it('AR-3: never overlaps what is there, and never moves footage that fits', async () => {
    await fc.assert(
      fc.asyncProperty(
        timeline,
        fc.nat(30_000_000),
        fc.integer({ min: 1000, max: 3_000_000 }),
        fc.nat(8),
        async (spans, startUs, length, inMemory) => {
          const taken = spans.slice(spans.length - Math.min(inMemory, spans.length));
          const stored = spans.slice(0, spans.length - taken.length);
          const wanted = { startUs, endUs: startUs + length };
          const start = await freeStart(rows(stored), CAMERA, wanted, taken);
          expect(start % MS).toBe(0);
          const end =
            start + Math.max(MS, Math.round((startUs + length) / MS) * MS - Math.round(startUs / MS) * MS);
          const rounded = Math.round(startUs / MS) * MS;
          const fits = (from: number, to: number): boolean =>
            !spans.some((span) => span.startUs < to && span.endUs > from);
          if (fits(rounded, Math.max(rounded + MS, Math.round((startUs + length) / MS) * MS))) {
            expect(start).toBe(rounded);
          } else {
            expect(start).toBeGreaterThan(rounded);
            expect(fits(start, end)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('follows the end of what is there when it begins a little before', async () => {
    const before = [{ startUs: 0, endUs: 60_000_000 }];
    const wanted = { startUs: 59_400_000, endUs: 119_400_000 };
    expect(await freeStart(rows(before), CAMERA, wanted, [])).toBe(60_000_000);
    expect(await freeStart(rows([]), CAMERA, wanted, before)).toBe(60_000_000);
  });

  it('AR-3: goes behind everything when the clock was set back into recorded time', async () => {
    const hour = Array.from({ length: 60 }, (_, minute) => ({
      startUs: minute * 60_000_000,
      endUs: (minute + 1) * 60_000_000,
    }));
    const wanted = { startUs: 600_000_000, endUs: 660_000_000 };
    expect(await freeStart(rows(hour), CAMERA, wanted, [])).toBe(3_600_000_000);
  });

  it('is the true time when only some footage of a wrong clock lies in the future', async () => {
    const future = [{ startUs: 1e15, endUs: 1e15 + 60_000_000 }];
    expect(await freeStart(rows(future), CAMERA, { startUs: 5_000_000, endUs: 65_000_000 }, [])).toBe(
      5_000_000,
    );
  });
});

describe('a night on which the clocks of the country are changed', () => {
  it.each([
    ['the hour that happens twice', Date.UTC(2026, 9, 25, 1)],
    ['the hour that does not happen', Date.UTC(2026, 2, 29, 1)],
  ])('AR-3: %s is recorded once for each second that passes', async (_what, changeMs) => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    onTestFinished(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });
    const offsetAt = (ms: number) => new Date(ms).getTimezoneOffset();
    expect(offsetAt(changeMs), 'the change is there').not.toBe(offsetAt(changeMs - 60_000));
    const taken: Span[] = [];
    // Three hours by the minute: what the clock on the wall shows twice, or skips, is a minute as any other.
    for (let minute = -90; minute < 90; minute++) {
      const startUs = (changeMs + minute * 60_000) * MS;
      const wanted = { startUs, endUs: startUs + 60_000_000 };
      expect(await freeStart(rows(taken), CAMERA, wanted, [])).toBe(startUs);
      taken.push(wanted);
    }
    const paths = taken.map(({ startUs }) => archivePath(CAMERA, startUs, CAMERA));
    expect(new Set(paths).size).toBe(taken.length);
    expect(paths.map((one) => parseArchivePath(one)?.startUs)).toEqual(taken.map(({ startUs }) => startUs));
    expect([...paths].sort()).toEqual(paths);
  });
});

describe('the end of footage', () => {
  it('is the clock where it agrees with the pictures, and the pictures otherwise', () => {
    expect(footageEnd(0, 60_030_000, 60)).toBe(60_030_000);
    expect(footageEnd(0, 3_660_000_000, 60)).toBe(60_000_000);
    expect(footageEnd(0, -3_600_000_000, 60)).toBe(60_000_000);
    expect(footageEnd(0, 0, 0)).toBe(1000);
  });
});

describe('names', () => {
  it('of archived segments tell camera and start', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), fc.uuid(), fc.uuid(), (ms, camera, id) => {
        const relative = archivePath(camera, ms * MS, id);
        expect(parseArchivePath(relative)).toEqual({ cameraId: camera, startUs: ms * MS });
        const [, year, month, day] = relative.split('/');
        expect(
          new Date(ms).toISOString().startsWith(`${String(year)}-${String(month)}-${String(day)}T`),
        ).toBe(true);
      }),
    );
  });

  it('of incoming segments tell run and counter', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(1_000_000), (runId, counter) => {
        expect(parseSegmentFileName(segmentFileName(runId, counter))).toEqual({ runId, counter });
      }),
    );
  });

  it('of anything else tell nothing', () => {
    const ours = archivePath(CAMERA, 0, CAMERA);
    for (const text of [
      '',
      'x',
      `../${ours}`,
      `${ours}.tmp`,
      ours.slice(1),
      ours.replace(/^.{36}/, 'a'.repeat(36)),
    ])
      expect(parseArchivePath(text)).toBeNull();
    for (const text of ['', 'a.mp4', `${CAMERA}.mp4`, `${CAMERA}-1.mp4`, `${CAMERA}-00001.mp4.tmp`])
      expect(parseSegmentFileName(text)).toBeNull();
  });

  it('of folders cannot be taken for FFmpeg patterns', () => {
    expect(segmentPattern('/data/100%d', CAMERA)).toBe(`/data/100%%d/${CAMERA}-%05d.mp4`);
  });
});
