import { expect, test } from 'vitest';
import { LONGEST_KEPT_MS, MOST_KEPT, outdated } from './PictureArchive';

const NOW = 10 * LONGEST_KEPT_MS;
const of = (count: number) =>
  Array.from({ length: count }, (_none, index) => ({
    cameraId: `c${String(index)}`,
    at: NOW - index * 1000,
  }));

test('pictures go when they are too old, too many or of a camera that is gone', () => {
  const old = { cameraId: 'old', at: NOW - LONGEST_KEPT_MS - 1 };
  expect(outdated([...of(3), old], NOW, null)).toEqual(['old']);
  expect(outdated(of(MOST_KEPT), NOW, null)).toEqual([]);
  expect(outdated(of(MOST_KEPT + 2), NOW, null)).toEqual([
    `c${String(MOST_KEPT)}`,
    `c${String(MOST_KEPT + 1)}`,
  ]);
  expect(outdated(of(3), NOW, new Set(['c0', 'c2']))).toEqual(['c1']);
});
