import { expect, test } from 'vitest';
import { deviceOf } from '../../dev/samples';
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
