import type Database from 'better-sqlite3';
import type { AlertFilter, AlertRow } from '../types';
import type { ReadPart, WritePart } from './part';

// Deleted cameras are joined too: history keeps its names.
const SELECT = `SELECT a.id, a.kind, a.device_id AS deviceId, d.name AS deviceName, a.subject, a.detail,
  a.raised_us AS raisedUs, a.cleared_us AS clearedUs,
  a.acknowledged_us AS acknowledgedUs, a.acknowledged_by AS acknowledgedBy, u.name AS acknowledgedByName
  FROM alerts a LEFT JOIN devices d ON d.id = a.device_id LEFT JOIN users u ON u.id = a.acknowledged_by`;
const NEWEST_FIRST = 'ORDER BY a.raised_us DESC, a.id DESC LIMIT @limit';

export function alertReads(db: Database.Database): ReadPart<'pendingAlerts' | 'listAlerts'> {
  const pending = db.prepare<{ limit: number }, AlertRow>(
    `${SELECT} WHERE a.cleared_us IS NULL OR a.acknowledged_us IS NULL ${NEWEST_FIRST}`,
  );
  return {
    pendingAlerts: (limit) => pending.all({ limit }),
    listAlerts(filter) {
      const conditions = conditionsOf(filter);
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
      const { kinds, before, ...rest } = filter;
      return db.prepare<Record<string, unknown>, AlertRow>(`${SELECT} ${where} ${NEWEST_FIRST}`).all({
        ...rest,
        kinds: JSON.stringify(kinds ?? []),
        beforeUs: before?.raisedUs ?? null,
        beforeId: before?.id ?? null,
      });
    },
  };
}

/** Fixed texts, chosen by which filters are given; every value is bound. */
function conditionsOf(filter: AlertFilter): string[] {
  const conditions: [boolean, string][] = [
    [filter.kinds !== undefined, 'a.kind IN (SELECT value FROM json_each(@kinds))'],
    [filter.deviceId !== undefined, 'a.device_id = @deviceId'],
    [filter.fromUs !== undefined, 'a.raised_us >= @fromUs'],
    [filter.toUs !== undefined, 'a.raised_us < @toUs'],
    [filter.unacknowledged === true, 'a.acknowledged_us IS NULL'],
    [filter.before !== undefined, '(a.raised_us, a.id) < (@beforeUs, @beforeId)'],
  ];
  return conditions.filter(([given]) => given).map(([, text]) => text);
}

export function alertWrites(
  db: Database.Database,
): WritePart<'saveAlert' | 'acknowledgeAlerts' | 'deleteAlertsBefore'> {
  const save = db.prepare(
    `INSERT INTO alerts (id, kind, device_id, subject, detail, raised_us, cleared_us, acknowledged_us, acknowledged_by)
     VALUES (@id, @kind, @deviceId, @subject, @detail, @raisedUs, @clearedUs, @acknowledgedUs, @acknowledgedBy)
     ON CONFLICT (id) DO UPDATE SET detail = excluded.detail, cleared_us = excluded.cleared_us,
       acknowledged_us = excluded.acknowledged_us, acknowledged_by = excluded.acknowledged_by`,
  );
  const acknowledge = db.prepare<[number, string, string]>(
    `UPDATE alerts SET acknowledged_us = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_us IS NULL`,
  );
  const remove = db.prepare<[number]>('DELETE FROM alerts WHERE cleared_us IS NOT NULL AND raised_us < ?');
  return {
    saveAlert: (row) => void save.run(row),
    acknowledgeAlerts: db.transaction((ids: readonly string[], userId: string, nowUs: number) =>
      ids.reduce((changed, id) => changed + acknowledge.run(nowUs, userId, id).changes, 0),
    ),
    deleteAlertsBefore: (us) => remove.run(us).changes,
  };
}
