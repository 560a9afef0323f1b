import { expect, test } from 'vitest';
import { deviceOf, streamStateOf } from '../../dev/samples';
import { sortCameras } from './sortCameras';

const cameras = [
  deviceOf('a', { name: 'Camera 10', location: 'Yard' }),
  deviceOf('b', { name: 'camera 2', location: null }),
  deviceOf('c', { name: 'Atrium', location: 'Yard' }),
];
const names = (column: string, direction: 'ascending' | 'descending') =>
  sortCameras(cameras, { column, direction }).map(({ name }) => name);

test('counts as people do', () => {
  expect(names('name', 'ascending')).toEqual(['Atrium', 'camera 2', 'Camera 10']);
  expect(names('name', 'descending')).toEqual(['Camera 10', 'camera 2', 'Atrium']);
});

test('equal places are in the order of names', () => {
  expect(names('location', 'ascending')).toEqual(['camera 2', 'Atrium', 'Camera 10']);
  expect(names('location', 'descending')).toEqual(['Atrium', 'Camera 10', 'camera 2']);
});

test('leaves the given list as it is', () => {
  sortCameras(cameras, { column: 'name', direction: 'ascending' });
  expect(cameras.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('by state, what needs attention comes first', () => {
  const timed = (id: string, phase: 'running' | 'stalled') =>
    [`${id}:main`, { state: streamStateOf(id, { phase }), receivedAt: 0 }] as const;
  const streams = new Map([timed('a', 'running'), timed('b', 'stalled')]);
  const order = (direction: 'ascending' | 'descending') =>
    sortCameras(cameras, { column: 'state', direction }, { streams }).map(({ id }) => id);
  // c has not been reported: it is connecting.
  expect(order('ascending')).toEqual(['b', 'c', 'a']);
  expect(order('descending')).toEqual(['a', 'c', 'b']);
});

test('by archive, the shortest comes first', () => {
  const archive = new Map(
    [
      ['a', '2027-01-01T00:00:00Z'],
      ['b', '2027-01-10T00:00:00Z'],
    ].map(([id = '', oldest = '']) => [
      id,
      { device_id: id, recorded_bytes: 1, oldest, newest: oldest, bytes_per_day: null },
    ]),
  );
  const order = (direction: 'ascending' | 'descending') =>
    sortCameras(cameras, { column: 'archive', direction }, { archive }).map(({ id }) => id);
  expect(order('ascending')).toEqual(['c', 'b', 'a']);
  expect(order('descending')).toEqual(['a', 'b', 'c']);
});
