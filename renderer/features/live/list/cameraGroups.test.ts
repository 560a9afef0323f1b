import { expect, test } from 'vitest';
import { deviceOf } from '../../../dev/samples';
import { cameraGroups } from './cameraGroups';

const devices = [
  deviceOf('1', { name: 'Gate 10', location: 'South', groups: ['Entrances', 'Night'] }),
  deviceOf('2', { name: 'gate 2', location: 'South', groups: ['Entrances'] }),
  deviceOf('3', { name: 'Archive', location: null, groups: [] }),
];
const told = (...args: Parameters<typeof cameraGroups>) =>
  cameraGroups(...args).map((group) => [group.title, group.devices.map(({ name }) => name).join(', ')]);

test('by name as people count', () => {
  expect(told(devices, '', 'name')).toEqual([[null, 'Archive, gate 2, Gate 10']]);
});

test('by group, a camera under each of its groups, those without one last', () => {
  expect(told(devices, '', 'group')).toEqual([
    ['Entrances', 'gate 2, Gate 10'],
    ['Night', 'Gate 10'],
    [null, 'Archive'],
  ]);
});

test('by location', () => {
  expect(told(devices, '', 'location')).toEqual([
    ['South', 'gate 2, Gate 10'],
    [null, 'Archive'],
  ]);
});

test('groups in which nothing is found are left out', () => {
  expect(told(devices, 'gate 10', 'group')).toEqual([
    ['Entrances', 'Gate 10'],
    ['Night', 'Gate 10'],
  ]);
  expect(told(devices, 'nothing', 'name')).toEqual([]);
});
