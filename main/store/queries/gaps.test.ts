import { expect, test } from 'vitest';
import { databaseAt, device, segment, uuid } from '../testing/fixtures';
import type { GapRow } from '../types';
import { deviceWrites } from './devices';
import { gapReads, gapWrites } from './gaps';
import { segmentWrites } from './segments';

const CAMERA = uuid(1);

function store() {
  const db = databaseAt();
  for (const n of [1, 2]) deviceWrites(db).createDevice(device(n));
  return { ...segmentWrites(db), ...gapReads(db), ...gapWrites(db) };
}

const gap = (startUs: number, endUs: number | null, reason = 'off', cameraId = CAMERA): GapRow => ({
  ...{ cameraId, startUs, endUs, reason },
});

test('gaps of a range, of several cameras', () => {
  const at = store();
  at.replaceGaps(CAMERA, 0, [gap(10, 20), gap(20, 30, 'disk'), gap(50, null)]);
  at.replaceGaps(uuid(2), 0, [gap(5, 15, 'stalled', uuid(2))]);
  expect(at.findGaps([CAMERA], 0, 10)).toEqual([]);
  expect(at.findGaps([uuid(2), CAMERA], 15, 21)).toEqual([gap(10, 20), gap(20, 30, 'disk')]);
  expect(at.findGaps([uuid(2), CAMERA], 14, 21)).toHaveLength(3);
  expect(at.findGaps([CAMERA], 60, 100)).toEqual([gap(50, null)]);
  expect(at.findGaps([CAMERA], 0, 100, 1)).toEqual([gap(10, 20)]);
});

test('what is known anew replaces what was supposed', () => {
  const at = store();
  at.replaceGaps(CAMERA, 0, [gap(10, 20), gap(30, null)]);
  at.replaceGaps(CAMERA, 25, [gap(35, 40, 'camera-offline')]);
  expect(at.findGaps([CAMERA], 0, 100)).toEqual([gap(10, 20), gap(35, 40, 'camera-offline')]);
});

test('AR-6: of what there is footage nothing is missing', () => {
  const at = store();
  at.replaceGaps(CAMERA, 0, [gap(10, 40), gap(60, null, 'disk')]);
  at.insertSegment(segment(CAMERA, 20, 30));
  at.insertSegment(segment(CAMERA, 35, 70));
  at.insertSegment(segment(uuid(2), 0, 100));
  expect(at.findGaps([CAMERA], 0, 100)).toEqual([gap(10, 20), gap(30, 35), gap(70, null, 'disk')]);
});

test('gaps from before the oldest footage are forgotten', () => {
  const at = store();
  at.insertSegment(segment(CAMERA, 50, 60));
  at.replaceGaps(CAMERA, 0, [gap(10, 20), gap(40, 50), gap(60, 70)]);
  expect(at.forgetOldGaps()).toBe(2);
  expect(at.findGaps([CAMERA], 0, 100)).toEqual([gap(60, 70)]);
});
