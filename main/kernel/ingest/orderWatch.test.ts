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
  it.each([
    [1, 190_800, [187_200, 187_200]],
    [2, 208_800, [201_600, 201_600, 205_200]],
    [3, 212_400, [205_200, 201_600, 205_200, 208_800]],
    [4, 212_400, [201_600, 198_000, 201_600, 205_200, 208_800]],
  ])('%i B-frames at once are noticed with the second line', (_count, was, times) => {
    const watch = createOrderWatch();
    const said = times.map((current) => watch(decoded(0, was, current)));
    expect(said).toEqual(times.map((_time, index) => (index === 1 ? 'possible' : null)));
  });
  it.each([
    ['by a third of a second', 24_000, -6000],
    ['by more than two seconds', 198_000, -6000],
  ])(
    'pictures %s earlier that go on in order are no other order: what FFmpeg 5.1 says then',
    (_by, was, now) => {
      const watch = createOrderWatch();
      for (let current = now; current <= was; current += 6000) {
        expect(watch(decoded(0, was, current))).toBeNull();
        expect(watch(decoded(1, was, current))).toBeNull();
      }
      // B-frames that come later are noticed all the same.
      const later = [watch(decoded(0, 900_000, 894_000)), watch(decoded(0, 900_000, 894_000))];
      expect(later).toEqual([null, 'possible']);
    },
  );
});
