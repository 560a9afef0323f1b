import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { CaptureFilter, CaptureKind, CapturePatch, CaptureRow } from '../types';
import type { ReadPart, WritePart } from './part';

const TAGS = (id: string) =>
  `(SELECT json_group_array(tag) FROM (SELECT tag FROM capture_tags WHERE capture_id = ${id} ORDER BY tag))`;

// Deleted cameras are joined too: history keeps its names.
const SNAPSHOTS = `SELECT s.id AS id, 'snapshot' AS kind, s.device_id AS deviceId, d.name AS deviceName,
  s.timestamp_us AS atUs, NULL AS startUs, NULL AS endUs, NULL AS duration, s.label AS label, s.notes AS notes,
  ${TAGS('s.id')} AS tags, s.source AS source, s.bytes AS bytes, s.width AS width, s.height AS height,
  1 AS hasThumbnail, u.name AS userName, s.created_us AS createdUs, max(s.updated_us, s.created_us) AS updatedUs
  FROM snapshots s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = s.user_id`;
const BOOKMARKS = `SELECT b.id, 'bookmark', b.device_id, d.name, b.center_us, b.start_us, b.end_us,
  b.duration_seconds, b.label, b.notes, ${TAGS('b.id')}, b.source, b.bytes, NULL, NULL,
  b.thumbnail_file IS NOT NULL, u.name, b.created_us, b.updated_us
  FROM bookmarks b JOIN devices d ON d.id = b.device_id JOIN users u ON u.id = b.user_id`;

type RawCapture = Omit<CaptureRow, 'tags' | 'hasThumbnail'> & { tags: string; hasThumbnail: number };
const toCapture = (raw: RawCapture): CaptureRow => ({
  ...raw,
  tags: JSON.parse(raw.tags) as string[],
  hasThumbnail: raw.hasThumbnail === 1,
});

/** Fixed texts, chosen by which filters are given; every value is bound. `t` is the table's letter. */
function conditionsOf(filter: CaptureFilter, t: 's' | 'b', isPage: boolean): string {
  const at = t === 's' ? 's.timestamp_us' : 'b.center_us';
  const conditions: [boolean, string][] = [
    [filter.deviceIds !== undefined, `${t}.device_id IN (SELECT value FROM json_each(@deviceIds))`],
    [filter.fromUs !== undefined, `${at} >= @fromUs`],
    [filter.toUs !== undefined, `${at} <= @toUs`],
    [filter.hasLabel === true, `${t}.label IS NOT NULL`],
    [filter.hasLabel === false, `${t}.label IS NULL`],
    [filter.text !== undefined, `(${t}.label LIKE @text ESCAPE '\\' OR ${t}.notes LIKE @text ESCAPE '\\')`],
    [
      filter.tags !== undefined,
      `EXISTS (SELECT 1 FROM capture_tags g
        WHERE g.capture_id = ${t}.id AND g.tag IN (SELECT value FROM json_each(@tags)))`,
    ],
    [
      isPage && filter.before !== undefined,
      `${at} <= @beforeUs AND (${at} < @beforeUs OR ${t}.id > @beforeId)`,
    ],
  ];
  const given = conditions.filter(([isGiven]) => isGiven).map(([, text]) => text);
  return given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`;
}

const valuesOf = ({ deviceIds, tags, text, before, ...rest }: CaptureFilter) => ({
  fromUs: rest.fromUs ?? null,
  toUs: rest.toUs ?? null,
  deviceIds: JSON.stringify(deviceIds ?? []),
  tags: JSON.stringify(tags ?? []),
  text: text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  beforeUs: before?.atUs ?? null,
  beforeId: before?.id ?? null,
});

export function captureReads(
  db: Database.Database,
): ReadPart<'listCaptures' | 'countCaptures' | 'getCapture' | 'captureTags'> {
  const has = (filter: CaptureFilter, kind: CaptureKind) => filter.kind === undefined || filter.kind === kind;
  const one = {
    snapshot: db.prepare<[string], RawCapture>(`${SNAPSHOTS} WHERE s.id = ?`),
    bookmark: db.prepare<[string], RawCapture>(`SELECT * FROM (${SNAPSHOTS} WHERE 0 UNION ALL ${BOOKMARKS}
      WHERE b.id = ?)`),
  };
  const tags = db.prepare<{ ids: string | null }, { tag: string; count: number }>(
    `SELECT tag, count(*) AS count FROM capture_tags WHERE @ids IS NULL
       OR capture_id IN (SELECT id FROM snapshots WHERE device_id IN (SELECT value FROM json_each(@ids)))
       OR capture_id IN (SELECT id FROM bookmarks WHERE device_id IN (SELECT value FROM json_each(@ids)))
     GROUP BY tag ORDER BY tag`,
  );
  return {
    listCaptures(filter, limit) {
      // The names of the columns come from the first part, which is empty where only bookmarks are wanted.
      const parts = [
        `${SNAPSHOTS} ${has(filter, 'snapshot') ? conditionsOf(filter, 's', true) : 'WHERE 0'}`,
        ...(has(filter, 'bookmark') ? [`${BOOKMARKS} ${conditionsOf(filter, 'b', true)}`] : []),
      ];
      return db
        .prepare<object, RawCapture>(`${parts.join(' UNION ALL ')} ORDER BY atUs DESC, id LIMIT @limit`)
        .all({ ...valuesOf(filter), limit })
        .map(toCapture);
    },
    countCaptures(filter) {
      const count = (table: 'snapshots s' | 'bookmarks b', letter: 's' | 'b') =>
        db
          .prepare<object, number>(`SELECT count(*) FROM ${table} ${conditionsOf(filter, letter, false)}`)
          .pluck()
          .get(valuesOf(filter)) ?? 0;
      return (
        (has(filter, 'snapshot') ? count('snapshots s', 's') : 0) +
        (has(filter, 'bookmark') ? count('bookmarks b', 'b') : 0)
      );
    },
    getCapture(kind, id) {
      const raw = one[kind].get(id);
      return raw ? toCapture(raw) : null;
    },
    captureTags: (deviceIds) => tags.all({ ids: deviceIds === null ? null : JSON.stringify(deviceIds) }),
  };
}

export function captureWrites(db: Database.Database): WritePart<'updateCapture'> {
  const { getCapture } = captureReads(db);
  const update = {
    snapshot: db.prepare(
      'UPDATE snapshots SET label = @label, notes = @notes, updated_us = @nowUs WHERE id = @id',
    ),
    bookmark: db.prepare(
      'UPDATE bookmarks SET label = @label, notes = @notes, updated_us = @nowUs WHERE id = @id',
    ),
  };
  const untag = db.prepare<[string]>('DELETE FROM capture_tags WHERE capture_id = ?');
  const tag = db.prepare<[string, string]>(
    'INSERT OR IGNORE INTO capture_tags (capture_id, tag) VALUES (?, ?)',
  );
  const mustGet = (kind: CaptureKind, id: string): CaptureRow => {
    const row = getCapture(kind, id) as CaptureRow | null;
    if (row === null)
      throw new VasError('not_found', `There is no such ${kind}. It may have been deleted.`, {
        details: { id },
      });
    return row;
  };
  return {
    updateCapture: db.transaction((kind: CaptureKind, id: string, patch: CapturePatch): CaptureRow => {
      const { label, notes } = { ...mustGet(kind, id), ...patch };
      update[kind].run({ id, label, notes, nowUs: patch.nowUs });
      if (patch.tags !== undefined) {
        untag.run(id);
        for (const one of patch.tags) tag.run(id, one);
      }
      return mustGet(kind, id);
    }),
  };
}
