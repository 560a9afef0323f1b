import type Database from 'better-sqlite3';
import type { HandlersOf } from '../protocol';
import { expiryReads } from './expiry';
import { Names } from './names';
import type { Entry } from './ranges';
import { merged, Ranges } from './ranges';
import type { EventCursor, EventFilter, EventPageRequest, EventReads, EventRow } from './types';
import { bytesOf, dashed } from './uuid';
import { bucketOf } from './writes';

/** Index entries that one page looks at before it says how far it came: some 10 ms. */
const MOST_SCANNED = 12_000;
/** Index entries that counting looks at. */
const MOST_COUNTED = 50_000;
const NEWEST: EventCursor = { timestampUs: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };

type RawEvent = Omit<EventRow, 'id' | 'cameraId' | 'modelId'> & {
  hex: string;
  camera: number;
  model: number;
};

export function eventReads(db: Database.Database): HandlersOf<EventReads> {
  const names = new Names(db, false);
  const ranges = new Ranges(db, names);
  const select = (where: string) =>
    `SELECT e.seq, lower(hex(e.id)) AS hex, e.camera, e.model, e.timestamp_us AS timestampUs,
       e.frame_id AS frameId, e.track_id AS trackId, e.detections, e.confidence, e.event_metadata AS metadata,
       e.created_us AS createdUs, t.snapshot_id AS snapshotId, t.clip_id AS clipId, r.reviewed_us AS reviewedUs
     FROM event_rows e LEFT JOIN event_triggers t ON t.seq = e.seq LEFT JOIN event_reviews r ON r.seq = e.seq AND r.user_id = ?
     WHERE ${where}`;
  /** One statement for a page: what the joins cost is spent once, not for each event. */
  const bySeqs = db.prepare<[string, string], RawEvent>(
    select('e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.timestamp_us DESC, e.seq DESC'),
  );
  const byId = db.prepare<[string, Buffer], RawEvent>(select('e.id = ?'));
  const confidenceOf = db
    .prepare<[number], number | null>('SELECT confidence FROM event_rows WHERE seq = ?')
    .pluck();
  const hasTag = db
    .prepare<[number, number], number>('SELECT 1 FROM event_tags WHERE seq = ? AND tag = ?')
    .pluck();
  const isReviewed = db
    .prepare<[string, number], number>('SELECT 1 FROM event_reviews WHERE user_id = ? AND seq = ?')
    .pluck();
  const namesOf = db
    .prepare<[string], string>('SELECT name FROM event_names WHERE kind = ? ORDER BY name')
    .pluck();
  /** As `namesOf`, of some cameras (JSON array of their keys): one step down an index for each name and camera. */
  const namesAt = (table: 'event_tags' | 'event_rows', column: 'tag' | 'model') =>
    db
      .prepare<[string, string], string>(
        `SELECT name FROM event_names n WHERE kind = ? AND EXISTS (SELECT 1 FROM ${table}
           WHERE ${column} = n.key AND camera IN (SELECT value FROM json_each(?))) ORDER BY name`,
      )
      .pluck();
  const tagsAt = namesAt('event_tags', 'tag');
  const modelsAt = namesAt('event_rows', 'model');

  /** What the ranges alone do not decide. */
  const judge = (filter: EventFilter): ((entry: Entry) => boolean) => {
    const { minConfidence, reviewed, userId = '' } = filter;
    const least = minConfidence === undefined ? null : bucketOf(minConfidence);
    const zones =
      filter.labels === undefined || filter.zones === undefined
        ? null
        : filter.zones.map((zone) => names.keyOf('zone', zone)).filter((key) => key !== null);
    return ({ seq, bucket }) =>
      (least === null ||
        bucket > least ||
        // Only the step that the limit lies in needs the exact value.
        (bucket === least && (confidenceOf.get(seq) ?? 0) >= (minConfidence ?? 0))) &&
      (zones === null || zones.some((zone) => hasTag.get(seq, zone) === 1)) &&
      (reviewed === undefined || (isReviewed.get(userId, seq) === 1) === reviewed);
  };

  const search = (filter: EventFilter, after: EventCursor): Generator<Entry, void, undefined> => {
    const { fromUs = 0, toUs = Number.MAX_SAFE_INTEGER - 1 } = filter;
    const found = ranges.of(filter);
    // The end of the span belongs to it: everything before the next microsecond.
    const start = after.timestampUs > toUs ? { timestampUs: toUs + 1, seq: -1 } : after;
    return merged(found ?? [], start, fromUs);
  };

  // Key by key: to spread the rest of a row costs six times as much, which is most of a page.
  const toRow = (raw: RawEvent): EventRow => ({
    seq: raw.seq,
    id: dashed(raw.hex),
    cameraId: names.nameOf(raw.camera),
    modelId: names.nameOf(raw.model),
    timestampUs: raw.timestampUs,
    frameId: raw.frameId,
    trackId: raw.trackId,
    detections: raw.detections,
    confidence: raw.confidence,
    metadata: raw.metadata,
    createdUs: raw.createdUs,
    snapshotId: raw.snapshotId,
    clipId: raw.clipId,
    reviewedUs: raw.reviewedUs,
  });

  /** All statements of one answer see the same moment, and only one of them takes SQLite's locks. */
  const atOnce = <A extends unknown[], R>(read: (...args: A) => R): ((...args: A) => R) =>
    db.transaction(read) as unknown as (...args: A) => R;

  return {
    listEvents: atOnce((filter: EventFilter, { limit, after = NEWEST, offset = 0 }: EventPageRequest) => {
      const matches = judge(filter);
      const seqs: number[] = [];
      let skip = offset;
      let scanned = 0;
      let last: Entry | null = null;
      let more = false;
      for (const entry of search(filter, after)) {
        if (seqs.length === limit) {
          more = true;
          break;
        }
        last = entry;
        if (matches(entry) && skip-- <= 0) seqs.push(entry.seq);
        if (++scanned >= MOST_SCANNED + offset && seqs.length < limit) {
          more = true;
          break;
        }
      }
      const rows = seqs.length === 0 ? [] : bySeqs.all(filter.userId ?? '', JSON.stringify(seqs));
      const next = more && last !== null ? { timestampUs: last.timestampUs, seq: last.seq } : null;
      return {
        rows: rows.map(toRow),
        next,
        scannedToUs: next !== null && seqs.length < limit ? next.timestampUs : null,
      };
    }),
    countEvents: atOnce((filter: EventFilter, most: number) => {
      const matches = judge(filter);
      let count = 0;
      let scanned = 0;
      for (const entry of search(filter, NEWEST)) {
        if (matches(entry)) count++;
        if (count >= most || ++scanned >= MOST_COUNTED) return { count, isExact: false };
      }
      return { count, isExact: true };
    }),
    getEvent(id, userId = '') {
      const bytes = bytesOf(id);
      const raw = bytes === null ? undefined : byId.get(userId, bytes);
      return raw === undefined ? null : toRow(raw);
    },
    eventNames: atOnce((cameraIds?: readonly string[]) => {
      const all = namesOf.all('camera');
      if (cameraIds === undefined)
        return {
          labels: namesOf.all('label'),
          zones: namesOf.all('zone'),
          ...{ cameraIds: all, modelIds: namesOf.all('model') },
        };
      const found = all.filter((id) => cameraIds.includes(id));
      const keys = JSON.stringify(found.map((id) => names.keyOf('camera', id)));
      return {
        labels: tagsAt.all('label', keys),
        zones: tagsAt.all('zone', keys),
        ...{ cameraIds: found, modelIds: modelsAt.all('model', keys) },
      };
    }),
    spansWithEvents: atOnce((filter: EventFilter, spans: readonly (readonly [number, number])[]) => {
      const matches = judge(filter);
      return spans.map(([fromUs, toUs]) => {
        let scanned = 0;
        for (const entry of search(within(filter, fromUs, toUs - 1), NEWEST)) {
          if (matches(entry)) return true;
          if (++scanned >= MOST_COUNTED / 10) return true;
        }
        return false;
      });
    }),
    ...expiryReads(db),
    eventStats() {
      const one = (sql: string): number | null => db.prepare<[], number | null>(sql).pluck().get() ?? null;
      return {
        // Rows only ever leave by expiry, which counts them.
        events:
          (one("SELECT seq FROM sqlite_sequence WHERE name = 'event_rows'") ?? 0) -
          (one('SELECT sum(deleted) FROM event_expiries') ?? 0),
        oldestUs: one('SELECT min(timestamp_us) FROM event_rows'),
        newestUs: one('SELECT max(timestamp_us) FROM event_rows'),
        bytes:
          Number(db.pragma('page_count', { simple: true })) *
          Number(db.pragma('page_size', { simple: true })),
      };
    },
  };
}

/** The part of a filter's time that lies in a span. */
function within(filter: EventFilter, fromUs: number, toUs: number): EventFilter {
  const { fromUs: from = 0, toUs: to = Number.MAX_SAFE_INTEGER - 1 } = filter;
  return { ...filter, fromUs: Math.max(from, fromUs), toUs: Math.min(to, toUs) };
}
