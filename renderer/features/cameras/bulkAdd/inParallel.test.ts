import { expect, test } from 'vitest';
import { inParallel } from './inParallel';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('never more at the same time than allowed, and every item once', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await inParallel(
    [1, 2, 3, 4, 5, 6, 7],
    3,
    () => false,
    async (item) => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      done.push(item);
    },
  );
  expect(most).toBe(3);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('begins nothing once it is over, and ends what was begun', async () => {
  const done: number[] = [];
  await inParallel(
    [1, 2, 3, 4, 5],
    2,
    () => done.length > 0,
    async (item) => {
      await turn();
      done.push(item);
    },
  );
  expect(done).toEqual([1, 2]);
});
