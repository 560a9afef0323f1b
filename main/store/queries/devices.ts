import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { DevicePatch, DeviceRow, NewDevice } from '../types';
import { scrubLog } from '../worker/connection';
import { sqliteCode } from '../worker/errors';
import { membershipWriter } from './groups';
import type { ReadPart, WritePart } from './part';

const COLUMNS = `id, name, description, location, rtsp_url AS rtspUrl, sub_rtsp_url AS subRtspUrl, username,
  EXISTS (SELECT 1 FROM device_secrets WHERE device_id = devices.id) AS hasPassword,
  transport, is_active AS isActive, recording, main_info AS mainInfo, sub_info AS subInfo,
  (SELECT json_group_array(name) FROM (
    SELECT g.name FROM camera_group_members m JOIN camera_groups g ON g.id = m.group_id
    WHERE m.camera_id = devices.id ORDER BY g.name COLLATE NOCASE)) AS groups,
  (SELECT week FROM recording_schedules WHERE camera_id = devices.id) AS schedule,
  created_us AS createdUs, updated_us AS updatedUs`;

/** As SQLite gives it: booleans are 0 and 1, lists are JSON. */
type RawDevice = Omit<DeviceRow, 'hasPassword' | 'isActive' | 'recording' | 'groups'> &
  Record<'hasPassword' | 'isActive' | 'recording', number> & { readonly groups: string };

const toDevice = (raw: RawDevice): DeviceRow => ({
  ...raw,
  hasPassword: raw.hasPassword === 1,
  isActive: raw.isActive === 1,
  recording: raw.recording === 1,
  groups: JSON.parse(raw.groups) as string[],
});

const oneOf = (db: Database.Database) =>
  db.prepare<[string], RawDevice>(`SELECT ${COLUMNS} FROM devices WHERE id = ? AND deleted_us IS NULL`);

/** Deleted cameras are never among the answers; their names live on in the rows that refer to them. */
export function deviceReads(
  db: Database.Database,
): ReadPart<'listDevices' | 'getDevice' | 'usedDeviceIds' | 'getSealedPassword'> {
  const page = db.prepare<[number, number], RawDevice>(
    `SELECT ${COLUMNS} FROM devices WHERE deleted_us IS NULL ORDER BY created_us, id LIMIT ? OFFSET ?`,
  );
  const count = db.prepare<[], number>('SELECT count(*) FROM devices WHERE deleted_us IS NULL').pluck();
  const one = oneOf(db);
  const used = db.prepare<[], string>('SELECT id FROM devices').pluck();
  const sealed = db
    .prepare<[string], Buffer>('SELECT sealed_password FROM device_secrets WHERE device_id = ?')
    .pluck();
  return {
    listDevices: ({ offset = 0, limit = -1 } = {}) => ({
      rows: page.all(limit, offset).map(toDevice),
      total: count.get() ?? 0,
    }),
    getDevice(id) {
      const raw = one.get(id);
      return raw ? toDevice(raw) : null;
    },
    usedDeviceIds: () => used.all(),
    getSealedPassword(deviceId) {
      const bytes = sealed.get(deviceId);
      return bytes ? Uint8Array.from(bytes) : null;
    },
  };
}

export function deviceWrites(
  db: Database.Database,
): WritePart<'createDevice' | 'updateDevice' | 'deleteDevice' | 'setDeviceInfo'> {
  const one = oneOf(db);
  const insert = db.prepare(
    `INSERT INTO devices (id, name, description, location, rtsp_url, sub_rtsp_url, username, transport,
       is_active, recording, created_us, updated_us)
     VALUES (@id, @name, @description, @location, @rtspUrl, @subRtspUrl, @username, @transport,
       @isActive, @recording, @nowUs, @nowUs)`,
  );
  const update = db.prepare(
    `UPDATE devices SET name = @name, description = @description, location = @location, rtsp_url = @rtspUrl,
       sub_rtsp_url = @subRtspUrl, username = @username, transport = @transport, is_active = @isActive,
       recording = @recording, updated_us = @nowUs
     WHERE id = @id`,
  );
  const tombstone = db.prepare<[number, number, string]>(
    `UPDATE devices SET deleted_us = ?, updated_us = ?, is_active = 0, username = NULL
     WHERE id = ? AND deleted_us IS NULL`,
  );
  const seal = db.prepare<[string, Buffer]>(
    `INSERT INTO device_secrets (device_id, sealed_password) VALUES (?, ?)
     ON CONFLICT (device_id) DO UPDATE SET sealed_password = excluded.sealed_password`,
  );
  const erase = db.prepare<[string]>('DELETE FROM device_secrets WHERE device_id = ?');
  const copySecret = db.prepare<[string, string]>(
    `INSERT INTO device_secrets (device_id, sealed_password)
     SELECT ?, sealed_password FROM device_secrets WHERE device_id = ?`,
  );
  const setGroups = membershipWriter(db);
  const setWeek = db.prepare<[string, string]>(
    `INSERT INTO recording_schedules (camera_id, week) VALUES (?, ?)
     ON CONFLICT (camera_id) DO UPDATE SET week = excluded.week`,
  );
  const dropWeek = db.prepare<[string]>('DELETE FROM recording_schedules WHERE camera_id = ?');
  const info = {
    main: db.prepare<[string, string]>(
      'UPDATE devices SET main_info = ? WHERE id = ? AND deleted_us IS NULL',
    ),
    sub: db.prepare<[string, string]>('UPDATE devices SET sub_info = ? WHERE id = ? AND deleted_us IS NULL'),
  };

  const mustGet = (id: string): DeviceRow => {
    const raw = one.get(id);
    if (!raw) throw noSuchCamera(id);
    return toDevice(raw);
  };
  const organise = (id: string, { groups, schedule, nowUs }: Organised): void => {
    if (groups !== undefined) setGroups(id, groups, nowUs);
    if (schedule === null) dropWeek.run(id);
    else if (schedule !== undefined) setWeek.run(id, schedule);
  };
  const create = db.transaction((device: NewDevice): DeviceRow => {
    refusingDuplicates(() => insert.run(columnsOf(device)));
    if (device.sealedPassword) seal.run(device.id, bufferOf(device.sealedPassword));
    else if (device.copyPasswordFrom !== undefined) copySecret.run(device.id, device.copyPasswordFrom);
    organise(device.id, device);
    return mustGet(device.id);
  });
  const change = db.transaction((id: string, patch: DevicePatch): DeviceRow => {
    const merged = { ...mustGet(id), ...present(patch) };
    refusingDuplicates(() => update.run(columnsOf({ ...merged, nowUs: patch.nowUs })));
    if (patch.sealedPassword) seal.run(id, bufferOf(patch.sealedPassword));
    else if (patch.sealedPassword === null) erase.run(id);
    organise(id, patch);
    return mustGet(id);
  });
  const remove = db.transaction((id: string, nowUs: number): void => {
    if (tombstone.run(nowUs, nowUs, id).changes === 0) throw noSuchCamera(id);
    erase.run(id);
    setGroups(id, [], nowUs);
    dropWeek.run(id);
  });

  return {
    createDevice: (device) => create.immediate(device),
    updateDevice(id, patch) {
      const row = change.immediate(id, patch);
      if (patch.sealedPassword !== undefined) scrubLog(db);
      return row;
    },
    deleteDevice(id, nowUs) {
      remove.immediate(id, nowUs);
      scrubLog(db);
    },
    setDeviceInfo(id, role, infoJson) {
      if (info[role].run(infoJson, id).changes === 0) throw noSuchCamera(id);
    },
  };
}

type Writable = Omit<NewDevice, 'sealedPassword' | 'groups' | 'schedule' | 'copyPasswordFrom'>;
type Organised = Pick<NewDevice, 'groups' | 'schedule' | 'nowUs'>;

function columnsOf(device: Writable): Record<string, unknown> {
  const { id, name, description, location, rtspUrl, subRtspUrl, username, transport, nowUs } = device;
  return {
    ...{ id, name, description, location, rtspUrl, subRtspUrl, username, transport, nowUs },
    isActive: device.isActive ? 1 : 0,
    recording: device.recording ? 1 : 0,
  };
}

/** Without the members that are undefined. */
function present(patch: DevicePatch): DevicePatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as DevicePatch;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function noSuchCamera(id: string): VasError {
  return new VasError('not_found', 'There is no such camera; it may have been deleted.', { details: { id } });
}

function refusingDuplicates(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE')
      throw new VasError('conflict', 'Another camera already has this address.', { cause: error });
    throw error;
  }
}
