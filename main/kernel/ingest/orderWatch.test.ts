import { describe, expect, it } from 'vitest';
import { createOrderWatch } from './orderWatch';

const BACK = '[mp4 @ 0x55] [warning] Invalid DTS: 18000 PTS: 9000 in output stream 0:0, replacing by guess';

describe('the order of pictures', () => {
  it('is another one after a few steps back, and that is said once', () => {
    const watch = createOrderWatch();
    expect([BACK, 'frame= 1', BACK, BACK, BACK, BACK].map((line) => watch(line))).toEqual([
      ...[false, false, false, true, false, false],
    ]);
  });
  it('a clock that was set is no other order', () => {
    const watch = createOrderWatch();
    expect([BACK, BACK].some((line) => watch(line))).toBe(false);
  });
  it('is another one where MPEG-TS cannot begin with it', () => {
    expect(createOrderWatch()('[mpegts @ 0x1] [error] first pts and dts value must be set')).toBe(true);
  });
});
