import { expect, test } from 'vitest';
import { deviceOf } from '../../dev/samples';
import { changesOf, membershipsOf } from './membership';

const devices = [deviceOf('a', { groups: ['All', 'One'] }), deviceOf('b', { groups: ['All'] })];
const groups = ['All', 'None', 'One'].map((name) => ({ id: `id of ${name}`, name, camera_ids: [] }));

test('memberships of several cameras', () => {
  expect(membershipsOf(['All', 'None', 'One'], devices)).toEqual([
    { name: 'All', membership: 'all' },
    { name: 'None', membership: 'none' },
    { name: 'One', membership: 'some' },
  ]);
});

test('only what was decided is changed', () => {
  const before = membershipsOf(['All', 'None', 'One'], devices);
  expect(changesOf(groups, before, before)).toEqual([]);
  expect(
    changesOf(groups, before, [
      { name: 'All', membership: 'none' },
      { name: 'None', membership: 'all' },
      { name: 'One', membership: 'all' },
      { name: 'New', membership: 'all' },
      { name: 'Dropped', membership: 'none' },
    ]),
  ).toEqual([
    { kind: 'remove', id: 'id of All', name: 'All' },
    { kind: 'add', id: 'id of None', name: 'None' },
    { kind: 'add', id: 'id of One', name: 'One' },
    { kind: 'create', name: 'New' },
  ]);
});
