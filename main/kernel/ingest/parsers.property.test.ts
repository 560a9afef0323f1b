// What FFmpeg says about odd cameras: no text of a camera makes a parser throw, hang or believe nonsense.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInputReportParser, type InputReport } from './inputReport';
import { createPacketDumpParser } from './packetDump';
import { createProgressParser } from './progress';
import { parseSegmentLine } from './segmentList';

/** Reports of cameras as FFmpeg 5.1 wrote them, and inputs that once failed. */
const CORPUS = path.resolve('main/kernel/ingest/testing/reports');
const corpus = readdirSync(CORPUS)
  .sort()
  .map((name) => ({ name, lines: readFileSync(path.join(CORPUS, name), 'utf8').split('\n') }));

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'Stream #0:0',
      ': Video: ',
      ': Audio: ',
      'h264 (High)',
      'hevc (Main 10)',
      'none',
      'yuv420p(tv, bt709)',
      '640x360',
      ' [SAR 1:1 DAR 16:9]',
    ],
    ...[
      '0x0',
      '99999999999x99999999999',
      '-1x-1',
      ', ',
      '(',
      ')',
      '[',
      ']',
      '((((',
      '15 fps',
      '90k tbn',
      '8000 Hz',
      'mono',
      '5.1(side)',
      '1e9 channels',
    ],
    ...[
      'Input #0, concat, from ',
      'Output #0, null',
      'Stream mapping:',
      '[rtsp @ 0x1] ',
      '\u0000',
      '\u202e',
      '<b>x</b>',
      'pts=',
      'NOPTS',
      'NaN',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const line = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

const reported = (lines: readonly string[]): InputReport | null => {
  const parse = createInputReportParser();
  let found: InputReport | null = null;
  for (const one of lines) found = parse(one) ?? found;
  return found;
};
const isCount = (value: number | null) => value === null || (Number.isFinite(value) && value >= 0);

function judged(report: InputReport | null): void {
  if (report === null) return;
  expect(isCount(report.videoStream)).toBe(true);
  if (report.video !== null) {
    expect(report.video.codec).toMatch(/^\w+$/);
    expect(isCount(report.video.width) && isCount(report.video.height)).toBe(true);
  }
  if (report.audio !== null) {
    expect(report.audio.codec).toMatch(/^\w+$/);
    expect(isCount(report.audio.sampleRate) && isCount(report.audio.channels)).toBe(true);
  }
}

describe('the report of an odd camera', () => {
  it.each(corpus)('$name is read', ({ lines }) => {
    const report = reported(lines);
    judged(report);
    expect(report?.video?.width).toBeGreaterThan(0);
  });

  it('any lines give a report that makes sense, or none', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        judged(reported(['Input #0, concat, from pipe:0:', ...lines, 'Stream mapping:']));
        judged(reported(lines));
      }),
      { numRuns: 2000 },
    );
  });

  it('a known report with anything put into it does, too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.nat(), fc.nat(), piece, ({ lines }, row, column, text) => {
        const at = row % lines.length;
        const before = lines[at] ?? '';
        const place = column % (before.length + 1);
        judged(reported(lines.with(at, before.slice(0, place) + text + before.slice(place + (column % 7)))));
      }),
      { numRuns: 2000 },
    );
  });

  it('a line of any length is read in time that grows with it', () => {
    const began = performance.now();
    for (const text of ['(', ', ', '[', 'Stream #0:0: Video: h264 (', ' (a)', '1x1 ']) {
      const long = text.repeat(50_000);
      reported([
        'Input #0',
        `Stream #0:0: Video: ${long}`,
        `Stream #0:1: Audio: ${long}`,
        long,
        'Stream mapping:',
      ]);
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('other lines of FFmpeg', () => {
  it('packets, progress and segments: any line is read or left alone', () => {
    const packet = createPacketDumpParser();
    const progress = createProgressParser();
    const field = fc.constantFrom(
      'frame=',
      'out_time_us=',
      'progress=',
      'progress=continue',
      'stream #0:',
      'size=',
      'keyframe=1',
      '00001.mp4,',
      '../',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          line,
          fc.tuple(field, line).map((parts) => parts.join('')),
        ),
        (text) => {
          packet(text);
          const report = progress(text);
          if (report !== null) {
            expect(isCount(report.frames)).toBe(true);
            expect(report.mediaSeconds === null || Number.isFinite(report.mediaSeconds)).toBe(true);
          }
          const segment = parseSegmentLine(text);
          if (segment !== null) {
            expect(segment.file).not.toMatch(/\/|^\.\.?$/);
            expect(Number.isFinite(segment.startSeconds) && Number.isFinite(segment.endSeconds)).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
