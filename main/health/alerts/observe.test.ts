import { describe, expect, test } from 'vitest';
import type { StreamFaultCode, StreamStatus } from '../../kernel/streams';
import { SimulatedClock } from '../../base/simulatedClock';
import { FootageWatch } from './footageWatch';
import { observeDisk } from './observeDisks';
import type { WatchedCamera } from './observeStreams';
import { observeStreams } from './observeStreams';

const ID = '00000000-0000-4000-8000-00000000000a';

const camera = (more: Partial<WatchedCamera> = {}): WatchedCamera => ({
  ...{ id: ID, name: 'Gate', isActive: true, shallRecord: true, isWithoutFootage: false },
  ...more,
});
const status = (
  phase: StreamStatus['phase'],
  fault: StreamFaultCode | null = null,
  more: Partial<StreamStatus> = {},
): StreamStatus => ({
  ...{ streamId: ID, phase, sinceUs: 1, fault: fault && { code: fault, detail: '' }, retryAtUs: null },
  ...{ attempts: fault === null ? 0 : 1, reconnects: 0, info: null, pid: null },
  ...more,
});
/** Presence of camera-offline, recording-stopped and keystore-locked. */
const seen = (cameras: readonly WatchedCamera[], statuses: readonly StreamStatus[]) =>
  observeStreams(cameras, statuses).map(({ presence }) => presence);

describe('what the main stream says', () => {
  test.each([
    ['runs', status('running'), ['absent', 'absent', 'absent']],
    ['first attempt', status('starting'), ['unknown', 'unknown', 'absent']],
    ['a later attempt', status('starting', 'unreachable'), ['present', 'unknown', 'absent']],
    ['backs off', status('backing-off', 'unreachable'), ['present', 'unknown', 'absent']],
    ['stalled', status('stalled', 'stalled'), ['present', 'unknown', 'absent']],
    ['runs without recording', status('running', 'storage'), ['absent', 'present', 'absent']],
    ['the disk ended it', status('backing-off', 'storage'), ['absent', 'present', 'absent']],
    ['its password is locked', status('backing-off', 'no_credentials'), ['absent', 'unknown', 'present']],
  ])('%s', (_what, given, expected) => expect(seen([camera()], [given])).toEqual(expected));
});

test('a camera that shall not run raises nothing; one that shall not be recorded misses no footage', () => {
  const away = status('backing-off', 'unreachable');
  expect(seen([camera({ isActive: false })], [away])).toEqual(['absent']);
  expect(seen([camera({ shallRecord: false })], [status('running', 'storage')])).toEqual([
    'absent',
    'absent',
    'absent',
  ]);
});

test('sub streams do not count', () => {
  expect(
    seen([camera()], [status('running'), status('backing-off', 'unreachable', { streamId: `${ID}:sub` })]),
  ).toEqual(['absent', 'absent', 'absent']);
});

test('footage that does not arrive is missed', () => {
  const [, recording] = observeStreams([camera({ isWithoutFootage: true })], [status('running')]);
  expect(recording).toMatchObject({ presence: 'present', detail: { reason: 'no-footage' } });
});

test('footage is judged by what arrives, not by the system clock', async () => {
  const clock = new SimulatedClock();
  let end = 5;
  const watch = new FootageWatch(clock, () => Promise.resolve(end));
  const expected = new Set([ID]);
  for (let minute = 0; minute < 10; minute++) {
    await watch.look(expected);
    end++;
    clock.stepWall(3_600_000_000);
    await clock.advance(60_000);
    expect(watch.isWithout(ID)).toBe(false);
  }
  await watch.look(expected);
  await clock.advance(239_000);
  await watch.look(expected);
  expect(watch.isWithout(ID)).toBe(false);
  await clock.advance(1_000);
  expect(watch.isWithout(ID)).toBe(true);
  await watch.look(new Set());
  expect(watch.isWithout(ID), 'not expected any more').toBe(false);
});

test.each([
  // Retention keeps the disk at its floor: the usual state.
  [100, 100, 'absent'],
  [80, 100, 'absent'],
  [60, 100, 'unknown'],
  [49, 100, 'present'],
] as const)('%i of a floor of %i is %s', (free, floor, presence) => {
  const found = observeDisk({
    subject: 'recordings',
    freeBytes: free,
    totalBytes: 1000,
    floorBytes: floor,
  });
  expect(found.presence).toBe(presence);
});

test('the disk of the database needs half a GiB, or a twentieth of a small one', () => {
  const at = (freeBytes: number, totalBytes: number) =>
    observeDisk({ subject: 'data', freeBytes, totalBytes, floorBytes: 0 }).presence;
  expect(at(511 * 1024 ** 2, 1e12)).toBe('present');
  expect(at(800 * 1024 ** 2, 1e12)).toBe('absent');
  expect(at(49, 1000)).toBe('present');
  expect(at(80, 1000)).toBe('absent');
});
