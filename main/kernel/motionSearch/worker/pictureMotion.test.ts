import { expect, it } from 'vitest';
import { MOTION_BYTES, sharedCells } from '../../../../contract/motionGrid';
import { pictureMotion, SCAN_BYTES, SCAN_WIDTH } from './pictureMotion';

const ALL = new Uint8Array(MOTION_BYTES).fill(0xff);
/** A picture with a gradient, some noise and a bright box. */
function picture(options: {
  box?: [number, number];
  light?: number;
  gain?: number;
  noise?: number;
  seed?: number;
}) {
  const { box, light = 0, gain = 1, noise = 0 } = options;
  let seed = options.seed ?? 1;
  return Uint8Array.from({ length: SCAN_BYTES }, (_, index) => {
    const [x, y] = [index % SCAN_WIDTH, Math.floor(index / SCAN_WIDTH)];
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const isBox = box !== undefined && x >= box[0] && x < box[0] + 8 && y >= box[1] && y < box[1] + 8;
    const value =
      ((isBox ? 190 : 40 + x / 2 + y / 2) + ((seed >> 16) % (noise + 1)) - noise / 2) * gain + light;
    return Math.max(0, Math.min(255, Math.round(value)));
  });
}
const cellsOf = (before: Uint8Array, now: Uint8Array) => {
  const { masks, last } = pictureMotion(before, now);
  expect(last).toEqual(now);
  return { mask: masks, cells: sharedCells(masks, ALL) };
};

it('finds what moved, where it was and where it is', () => {
  const { mask, cells } = cellsOf(
    picture({ box: [16, 16], noise: 6 }),
    picture({ box: [64, 40], noise: 6, seed: 7 }),
  );
  expect(cells).toBe(8);
  const cell = (column: number, row: number) => {
    const index = row * 32 + column;
    return ((mask[index >> 3] ?? 0) >> (index & 7)) & 1;
  };
  expect([cell(4, 4), cell(5, 5), cell(16, 10), cell(17, 11), cell(0, 0), cell(10, 7)]).toEqual([
    1, 1, 1, 1, 0, 0,
  ]);
});

it.each([
  ['light that came on everywhere', picture({ light: 40 })],
  ['a camera that opens its iris', picture({ gain: 1.3 })],
  ['noise', picture({ noise: 14, seed: 9 })],
  ['another picture altogether', picture({}).reverse()],
])('%s is no motion', (_what, now) => {
  expect(cellsOf(picture({ noise: 2 }), now).cells).toBe(0);
});

it('the first picture is only looked at, the next ones are compared', () => {
  const [one, other] = [picture({}), picture({ box: [40, 20] })];
  const { masks } = pictureMotion(null, Uint8Array.from([...one, ...one, ...other]));
  const cells = [0, 1, 2].map((n) =>
    sharedCells(masks.subarray(n * MOTION_BYTES, (n + 1) * MOTION_BYTES), ALL),
  );
  expect(cells).toEqual([0, 0, 4]);
  expect(pictureMotion(null, new Uint8Array(0))).toEqual({ masks: new Uint8Array(0), last: null });
});
