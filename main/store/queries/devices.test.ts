import { describe, expect, test, vi } from 'vitest';
import { NOW_US, databaseAt, device, uuid } from '../testing/fixtures';
import { deviceReads, deviceWrites } from './devices';

function store() {
  const db = databaseAt();
  return { db, ...deviceReads(db), ...deviceWrites(db) };
}

const thrown = (kind: string, text = ''): Error =>
  expect.objectContaining({ kind, message: expect.stringContaining(text) as string }) as Error;

test('a camera comes back as it went in, without its password', () => {
  const { createDevice, getDevice, getSealedPassword } = store();
  const created = createDevice(
    device(1, {
      description: 'north side',
      location: 'Gate',
      subRtspUrl: 'rtsp://192.0.2.1/sub',
      username: 'admin',
      sealedPassword: Buffer.from('sealed'),
      transport: 'udp',
      recording: false,
    }),
  );
  expect(created).toEqual({
    id: uuid(1),
    name: 'Camera 1',
    description: 'north side',
    location: 'Gate',
    rtspUrl: 'rtsp://192.0.2.1/stream1',
    subRtspUrl: 'rtsp://192.0.2.1/sub',
    username: 'admin',
    hasPassword: true,
    transport: 'udp',
    isActive: true,
    recording: false,
    mainInfo: null,
    subInfo: null,
    groups: [],
    schedule: null,
    createdUs: NOW_US + 1,
    updatedUs: NOW_US + 1,
  });
  expect(getDevice(uuid(1))).toEqual(created);
  expect(getSealedPassword(uuid(1))).toEqual(Uint8Array.from(Buffer.from('sealed')));
  expect(getSealedPassword(uuid(2))).toBeNull();
  expect(getDevice(uuid(2))).toBeNull();
});

test('lists in order of creation, in pages', () => {
  const { createDevice, listDevices } = store();
  for (const n of [3, 1, 2]) createDevice(device(n));
  const ids = (options?: Parameters<typeof listDevices>[0]) => listDevices(options).rows.map(({ id }) => id);
  expect(ids()).toEqual([uuid(1), uuid(2), uuid(3)]);
  expect(ids({ offset: 1 })).toEqual([uuid(2), uuid(3)]);
  expect(ids({ offset: 1, limit: 1 })).toEqual([uuid(2)]);
  expect(listDevices({ limit: 1 }).total).toBe(3);
});

describe('an update', () => {
  test('changes the fields present and no others', () => {
    const { createDevice, updateDevice } = store();
    const before = createDevice(
      device(1, { location: 'Gate', username: 'admin', sealedPassword: Buffer.of(1) }),
    );
    expect(updateDevice(before.id, { name: 'New', location: null, isActive: false, nowUs: 7 })).toEqual({
      ...before,
      name: 'New',
      location: null,
      isActive: false,
      updatedUs: 7,
    });
    expect(updateDevice(before.id, { nowUs: 8 }).name).toBe('New');
  });

  test('replaces, keeps or forgets the password', () => {
    const { createDevice, updateDevice, getSealedPassword } = store();
    const { id } = createDevice(device(1));
    expect(updateDevice(id, { sealedPassword: Buffer.of(5), nowUs: 1 }).hasPassword).toBe(true);
    updateDevice(id, { name: 'x', nowUs: 2 });
    expect(getSealedPassword(id)).toEqual(Uint8Array.of(5));
    updateDevice(id, { sealedPassword: Buffer.of(6, 7), nowUs: 3 });
    expect(getSealedPassword(id)).toEqual(Uint8Array.of(6, 7));
    expect(updateDevice(id, { sealedPassword: null, nowUs: 4 }).hasPassword).toBe(false);
    expect(getSealedPassword(id)).toBeNull();
  });

  test('is refused for an address in use and for a camera that is not there, and then changes nothing', () => {
    const { createDevice, updateDevice, getDevice } = store();
    const [one, two] = [createDevice(device(1)), createDevice(device(2))];
    expect(() =>
      updateDevice(two.id, { rtspUrl: one.rtspUrl, name: 'x', sealedPassword: Buffer.of(1), nowUs: 5 }),
    ).toThrow(thrown('conflict', 'Another camera already has this address'));
    expect(getDevice(two.id)).toEqual(two);
    expect(() => updateDevice(uuid(3), { nowUs: 5 })).toThrow(thrown('not_found'));
  });
});

test('two live cameras never share a main address', () => {
  const { createDevice } = store();
  createDevice(device(1));
  expect(() => createDevice(device(2, { rtspUrl: device(1).rtspUrl }))).toThrow(
    thrown('conflict', 'address'),
  );
});

test('deleting leaves a tombstone: gone from lists, name kept, password erased, address free again', () => {
  const { db, createDevice, deleteDevice, getDevice, listDevices, getSealedPassword, ...rest } = store();
  createDevice(device(1, { username: 'admin', sealedPassword: Buffer.from('sealed') }));
  deleteDevice(uuid(1), 99);
  expect(getDevice(uuid(1))).toBeNull();
  expect(listDevices()).toEqual({ rows: [], total: 0 });
  expect(getSealedPassword(uuid(1))).toBeNull();
  expect(db.prepare('SELECT name, deleted_us, is_active, username FROM devices').all()).toEqual([
    { name: 'Camera 1', deleted_us: 99, is_active: 0, username: null },
  ]);
  for (const again of [
    () => deleteDevice(uuid(1), 100),
    () => rest.updateDevice(uuid(1), { name: 'x', nowUs: 1 }),
    () => rest.setDeviceInfo(uuid(1), 'main', '{}'),
  ])
    expect(again).toThrow(thrown('not_found'));
  createDevice(device(2, { rtspUrl: device(1).rtspUrl }));
});

test('probe results belong to main or sub', () => {
  const { createDevice, setDeviceInfo, getDevice } = store();
  createDevice(device(1));
  setDeviceInfo(uuid(1), 'main', '{"a":1}');
  setDeviceInfo(uuid(1), 'sub', '{"b":2}');
  expect(getDevice(uuid(1))).toMatchObject({
    mainInfo: '{"a":1}',
    subInfo: '{"b":2}',
    updatedUs: NOW_US + 1,
  });
});

test('a camera is deleted also when the log cannot be emptied afterwards', () => {
  const { db, createDevice, deleteDevice, getDevice } = store();
  createDevice(device(1));
  const pragma = vi.spyOn(db, 'pragma').mockImplementation((text) => {
    if (text.startsWith('wal_checkpoint')) throw new Error('database or disk is full');
  });
  deleteDevice(uuid(1), NOW_US);
  expect(pragma.mock.calls.map(([text]) => text)).toEqual([
    ...['busy_timeout = 100', 'wal_checkpoint(TRUNCATE)', 'busy_timeout = 5000'],
  ]);
  expect(getDevice(uuid(1))).toBeNull();
});
