import { expect, test } from 'vitest';
import { databaseAt, device, uuid } from '../testing/fixtures';
import { deviceReads, deviceWrites } from './devices';
import { groupReads, groupWrites } from './groups';

function store() {
  const db = databaseAt();
  return { ...deviceReads(db), ...deviceWrites(db), ...groupReads(db), ...groupWrites(db) };
}

const kind = (name: string): Error => expect.objectContaining({ kind: name }) as Error;

test('a camera is in any number of groups, and says so by name', () => {
  const { createDevice, createGroup, getDevice, listGroups } = store();
  for (const n of [1, 2]) createDevice(device(n));
  createGroup('Outside', [uuid(1)], 1);
  const all = createGroup('all', [uuid(2), uuid(1), uuid(3)], 2);
  expect(all.cameraIds, 'in order of creation, without one that does not exist').toEqual([uuid(1), uuid(2)]);
  expect(listGroups().map(({ name }) => name)).toEqual(['all', 'Outside']);
  expect(getDevice(uuid(1))?.groups).toEqual(['all', 'Outside']);
  expect(getDevice(uuid(2))?.groups).toEqual(['all']);
});

test('members are set, added and removed', () => {
  const { createDevice, createGroup, changeGroupMembers } = store();
  for (const n of [1, 2, 3]) createDevice(device(n));
  const { id } = createGroup('Gates', [uuid(1)], 1);
  expect(changeGroupMembers(id, 'add', [uuid(1), uuid(2)]).cameraIds).toEqual([uuid(1), uuid(2)]);
  expect(changeGroupMembers(id, 'remove', [uuid(1), uuid(3)]).cameraIds).toEqual([uuid(2)]);
  expect(changeGroupMembers(id, 'set', [uuid(3)]).cameraIds).toEqual([uuid(3)]);
  expect(() => changeGroupMembers(uuid(9), 'set', [])).toThrow(kind('not_found'));
});

test('names are unique whatever their case; renaming and deleting leave the cameras', () => {
  const { createDevice, createGroup, renameGroup, deleteGroup, getDevice } = store();
  createDevice(device(1));
  const gates = createGroup('Gates', [uuid(1)], 1);
  const doors = createGroup('Doors', [], 1);
  expect(() => createGroup('GATES', [], 2)).toThrow(kind('conflict'));
  expect(() => renameGroup(doors.id, 'gates', 2)).toThrow(kind('conflict'));
  expect(renameGroup(gates.id, 'GATES', 2).name).toBe('GATES');
  expect(getDevice(uuid(1))?.groups).toEqual(['GATES']);
  deleteGroup(gates.id);
  expect(getDevice(uuid(1))?.groups).toEqual([]);
  expect(() => deleteGroup(gates.id)).toThrow(kind('not_found'));
  expect(() => renameGroup(gates.id, 'x', 3)).toThrow(kind('not_found'));
});

test('groups and schedule of a camera are written with it and end with it', () => {
  const { createDevice, updateDevice, deleteDevice, createGroup, listGroups, getDevice } = store();
  createGroup('Gates', [], 1);
  const week = '1'.repeat(48).padEnd(336, '0');
  expect(createDevice(device(1, { groups: ['gates', 'New'], schedule: week }))).toMatchObject({
    groups: ['Gates', 'New'],
    schedule: week,
  });
  expect(updateDevice(uuid(1), { name: 'x', nowUs: 2 })).toMatchObject({
    groups: ['Gates', 'New'],
    schedule: week,
  });
  expect(updateDevice(uuid(1), { groups: ['New'], schedule: null, nowUs: 2 })).toMatchObject({
    groups: ['New'],
    schedule: null,
  });
  deleteDevice(uuid(1), 3);
  expect(getDevice(uuid(1))).toBeNull();
  expect(listGroups().map(({ name, cameraIds }) => [name, cameraIds])).toEqual([
    ['Gates', []],
    ['New', []],
  ]);
});

test('a copy takes over the sealed password as it is', () => {
  const { createDevice, getSealedPassword } = store();
  createDevice(device(1, { sealedPassword: Buffer.from('sealed') }));
  createDevice(device(2));
  expect(createDevice(device(3, { copyPasswordFrom: uuid(1) })).hasPassword).toBe(true);
  expect(getSealedPassword(uuid(3))).toEqual(Uint8Array.from(Buffer.from('sealed')));
  expect(createDevice(device(4, { copyPasswordFrom: uuid(2) })).hasPassword).toBe(false);
});
