import type Database from 'better-sqlite3';
import type { CameraFaultRow } from '../types';
import type { ReadPart, WritePart } from './part';

export function faultReads(db: Database.Database): ReadPart<'lastFault'> {
  const one = db.prepare<[string], CameraFaultRow>(
    `SELECT camera_id AS cameraId, code, since_us AS sinceUs, until_us AS untilUs FROM camera_faults
     WHERE camera_id = ?`,
  );
  return { lastFault: (cameraId) => one.get(cameraId) ?? null };
}

export function faultWrites(db: Database.Database): WritePart<'noteFault' | 'endFault'> {
  const note = db.prepare<[CameraFaultRow]>(
    `INSERT INTO camera_faults (camera_id, code, since_us, until_us)
     SELECT id, @code, @sinceUs, @untilUs FROM devices WHERE id = @cameraId
     ON CONFLICT (camera_id) DO UPDATE SET
       code = excluded.code, since_us = excluded.since_us, until_us = excluded.until_us`,
  );
  const end = db.prepare<[number, string]>(
    'UPDATE camera_faults SET until_us = max(?, since_us) WHERE camera_id = ? AND until_us IS NULL',
  );
  return {
    noteFault: (fault) => void note.run(fault),
    endFault: (cameraId, untilUs) => void end.run(untilUs, cameraId),
  };
}
