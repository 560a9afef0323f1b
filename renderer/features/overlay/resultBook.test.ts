import { expect, test } from 'vitest';
import { MOVED_AT_MOST_MS, REMOVED_AFTER_MS, ResultBook } from './resultBook';

const resultAt = (frameMs: number, { modelId = 'a', takenMs = 0 } = {}) => ({
  ...{ modelId, frameMs, takenMs },
  detections: [],
});
const mediaAt = (book: ResultBook, pictureMs: number, nowMs = 0) =>
  book.at(pictureMs, nowMs).map(({ result }) => result.frameMs);

test('hours of results from ever new models do not grow it', () => {
  const book = new ResultBook();
  for (let index = 0; index < 20_000; index++)
    book.add(resultAt(index * 40, { modelId: `m${String(index % 40)}` }));
  expect(book.size).toBeLessThanOrEqual(16 * 120);
  const end = 10_000_000;
  for (let index = 0; index < 1_000; index++) book.add(resultAt(end + index * 40, { modelId: 'one' }));
  expect(book.size).toBeLessThanOrEqual(16 * 120);
  expect(mediaAt(book, end + 999 * 40)).toEqual([end + 999 * 40]);
});

test('a picture gets the result of its own frame although newer ones are there', () => {
  const book = new ResultBook();
  for (const ms of [1_000, 1_200, 1_400]) book.add(resultAt(ms));
  expect(mediaAt(book, 1_185), 'less than half a frame apart').toEqual([1_200]);
  expect(mediaAt(book, 1_205)).toEqual([1_200]);
  expect(mediaAt(book, 1_375)).toEqual([1_200]);
  expect(mediaAt(book, 1_390)).toEqual([1_400]);
});

test('pictures that are seconds behind their results get their own', () => {
  const book = new ResultBook();
  for (let index = 0; index < 100; index++) book.add(resultAt(index * 40, { takenMs: index * 40 }));
  expect(mediaAt(book, 1_000, 4_000)).toEqual([1_000]);
  expect(mediaAt(book, 1_040, 4_000)).toEqual([1_040]);
});

test('a stream whose time begins anew, earlier or later, is drawn from its first result on', () => {
  for (const begin of [90_000_000, -90_000_000]) {
    const book = new ResultBook();
    for (let index = 0; index < 200; index++) book.add(resultAt(index * 40, { takenMs: index * 40 }));
    book.add(resultAt(begin, { takenMs: 8_000 }));
    expect(mediaAt(book, begin, 8_000)).toEqual([begin]);
    for (let index = 0; index < 200; index++)
      book.add(resultAt(begin + index * 40, { takenMs: 8_000 + index * 40 }));
    expect(mediaAt(book, begin + 199 * 40, 16_000)).toEqual([begin + 199 * 40]);
  }
});

test('boxes are moved on by what lies between frame and picture, not by less than half a frame', () => {
  const book = new ResultBook();
  book.add(resultAt(1_000));
  const moved = (pictureMs: number) => book.at(pictureMs, 0).map(({ moveMs }) => moveMs);
  expect(moved(1_012)).toEqual([0]);
  expect(moved(1_240)).toEqual([240]);
  expect(moved(960)).toEqual([-40]);
  expect(moved(1_000 + MOVED_AT_MOST_MS + 1)).toEqual([]);
});

test('without news for 500 ms they are gone', () => {
  const book = new ResultBook();
  book.add(resultAt(5_000, { takenMs: 70_000 }));
  expect(mediaAt(book, 5_100, 70_000 + REMOVED_AFTER_MS)).toHaveLength(1);
  expect(mediaAt(book, 5_100, 70_001 + REMOVED_AFTER_MS)).toHaveLength(0);
});

test('results in the wrong order and unreadable ones do no harm', () => {
  const book = new ResultBook();
  book.add(resultAt(2_000));
  book.add(resultAt(1_900));
  book.add(resultAt(Number.NaN));
  book.add({ ...resultAt(2_040), detections: 'none' as never });
  expect(mediaAt(book, 2_050)).toEqual([2_000]);
});
