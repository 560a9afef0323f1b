import { expect, test } from 'vitest';
import { REMOVED_AFTER_MS, ResultBook } from './resultBook';

const resultAt = (ms: number, modelId = 'a') => ({
  model_id: modelId,
  frame: {
    ...{ id: ms, epoch: 1, pts_us: ms * 1000, width: 2, height: 2 },
    timestamp: new Date(ms).toISOString(),
  },
  detections: [],
});

test('hours of results from ever new models do not grow it', () => {
  const book = new ResultBook();
  for (let index = 0; index < 100_000; index++) book.add(resultAt(index * 40, `m${String(index % 40)}`));
  expect(book.size).toBeLessThanOrEqual(16 * 8);
  for (let index = 0; index < 1_000; index++) book.add(resultAt(10_000_000 + index * 40, 'one'));
  expect(book.at(10_000_000 + 999 * 40).map(({ wallMs }) => wallMs)).toEqual([10_000_000 + 999 * 40]);
});

test('a picture gets the result of its own frame although newer ones are there', () => {
  const book = new ResultBook();
  for (const ms of [1_000, 1_200, 1_400]) book.add(resultAt(ms));
  expect(book.at(1_205).map(({ wallMs }) => wallMs)).toEqual([1_200]);
  expect(
    book.at(1_185).map(({ wallMs }) => wallMs),
    'less than half a frame apart',
  ).toEqual([1_200]);
  expect(book.at(1_390).map(({ wallMs }) => wallMs)).toEqual([1_400]);
  expect(book.at(1_375).map(({ wallMs }) => wallMs)).toEqual([1_200]);
});

test('a result is gone 500 ms later, and one from the far future does not count', () => {
  const book = new ResultBook();
  book.add(resultAt(5_000));
  expect(book.at(5_000 + REMOVED_AFTER_MS)).toHaveLength(1);
  expect(book.at(5_001 + REMOVED_AFTER_MS)).toHaveLength(0);
  expect(book.at(4_499)).toHaveLength(0);
});

test('results in the wrong order and unreadable ones do no harm', () => {
  const book = new ResultBook();
  book.add(resultAt(2_000));
  book.add(resultAt(1_900));
  book.add({ ...resultAt(2_100), frame: { ...resultAt(2_100).frame, timestamp: 'yesterday' } });
  expect(book.at(2_050).map(({ wallMs }) => wallMs)).toEqual([2_000]);
});
