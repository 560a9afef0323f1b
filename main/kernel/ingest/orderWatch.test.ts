import { describe, expect, it } from 'vitest';
import { createOrderWatch } from './orderWatch';

const BACK = '[mp4 @ 0x55] [warning] Invalid DTS: 18000 PTS: 9000 in output stream 0:0, replacing by guess';
const decoded = (output: number, previous: number, current: number) =>
  `[rtp @ 0x55] [warning] Non-monotonous DTS in output stream ${String(output)}:0; previous: ${String(previous)}, ` +
  `current: ${String(current)}; changing to ${String(previous)}. This may result in incorrect timestamps in the output file.`;

describe('the order of pictures', () => {
  it('is another one after a few steps back, and that is said once', () => {
    const watch = createOrderWatch();
    expect([BACK, 'frame= 1', BACK, BACK, BACK, BACK].map((line) => watch(line))).toEqual([
      ...[null, null, null, 'certain', null, null],
    ]);
  });
  it('a clock that was set is no other order', () => {
    const watch = createOrderWatch();
    expect([BACK, BACK].some((line) => watch(line))).toBe(false);
    const [second, third] = [decoded(0, 900_000, 100_000), decoded(0, 900_000, 103_600)];
    expect([second, third].some((line) => watch(line))).toBe(false);
  });
  it('is another one where MPEG-TS cannot begin with it', () => {
    expect(createOrderWatch()('[mpegts @ 0x1] [error] first pts and dts value must be set')).toBe('certain');
  });
  it('may be another one when B-frames begin in a running stream: what FFmpeg 5.1 says then', () => {
    const watch = createOrderWatch();
    const lines = [
      '[concat @ 0x55] [warning] DTS -82800 < 0 out of order',
      decoded(0, 255_600, 252_000),
      decoded(1, 255_600, 252_000),
      decoded(0, 255_600, 252_000),
      decoded(1, 255_601, 252_000),
      decoded(0, 255_600, 252_000),
    ];
    expect(lines.map((line) => watch(line))).toEqual([null, null, null, 'possible', null, null]);
  });
});
