import { expect, test } from 'vitest';
import { deviceOf } from '../../dev/samples';
import { pickerEntries } from './pickerList';

const cameras = [
  deviceOf('a', { name: 'Gate' }),
  deviceOf('b', { name: 'Yard' }),
  deviceOf('c', { name: 'Dock' }),
];

test('offers cameras that are not on screen first', () => {
  const entries = pickerEntries(cameras, ['a', null, 'c', null], '');
  expect(entries.map(({ device, shownIn }) => [device.name, shownIn])).toEqual([
    ['Yard', null],
    ['Gate', 0],
    ['Dock', 2],
  ]);
});

test('searches', () => {
  expect(pickerEntries(cameras, [], 'do').map(({ device }) => device.name)).toEqual(['Dock']);
});
