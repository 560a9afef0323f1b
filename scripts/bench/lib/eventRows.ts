import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { inCache } from '../../bootstrap/paths.mjs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { eventMigrations } from '../../../main/store/events/migrations';
import type { NewEvent } from '../../../main/store/events/types';
import { uuid7 } from '../../../main/store/events/uuid';
import { eventWrites } from '../../../main/store/events/writes';
import { migrate } from '../../../main/store/worker/migrate';

export const CAMERAS = Array.from(
  { length: 16 },
  (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
);
export const MODELS = ['nanodet-g-416x256', 'movenet-multipose'];
/** Common, seldom and rare. */
export const LABELS = ['person', 'car', 'bicycle', 'dog', 'truck', 'umbrella'];
const LABEL_SHARES = [0.62, 0.25, 0.08, 0.03, 0.0199, 0.0001];
export const ROWS = 10_000_000;
/** The last of them, microseconds since the epoch; the others reach 90 days back. */
export const NEWEST_US = 1_800_000_000_000_000;
const SPAN_US = 90 * 86_400 * 1e6;
const BATCH = 10_000;
/** To be raised when `eventOf` gives other events. */
const GENERATOR = 1;

/** The nth event from the oldest: many cameras, a few labels, confidence spread over 0.3 to 1. */
export function eventOf(n: number): NewEvent {
  const mixed = Math.imul(n ^ (n >>> 15), 0x9e3779b1) >>> 0;
  const share = (mixed % 10_007) / 10_007;
  let sum = 0;
  const label = LABELS[LABEL_SHARES.findIndex((one) => (sum += one) >= share)] ?? 'person';
  const confidence = 0.3 + ((mixed >>> 8) % 7000) / 10_000;
  const timestampUs = Math.floor(NEWEST_US - SPAN_US * (1 - n / ROWS));
  const detection = {
    ...{
      class_id: 0,
      class_name: label,
      confidence,
      bbox: [0.412, 0.331, 0.487, 0.702],
      track_id: n % 100_000,
    },
  };
  return {
    id: uuid7(timestampUs),
    cameraId: CAMERAS[mixed % CAMERAS.length] ?? '',
    modelId: MODELS[(mixed >>> 4) % 5 === 0 ? 1 : 0] ?? '',
    timestampUs,
    frameId: n,
    trackId: n % 100_000,
    detections: JSON.stringify({ schema: 1, detections: [detection] }),
    labels: [label],
    zones: (mixed >>> 12) % 10 === 0 ? ['Door'] : [],
    confidence,
    metadata: '{"model_version":"1.0","inference_latency_ms":21.4}',
    createdUs: timestampUs + 30_000,
  };
}

/**
 * A database of ten million events, made once and kept under the user's cache folder by the hash of its schema and
 * of what is in it. @returns its path; not to be written to
 */
export async function eventDatabase(note: (text: string) => void): Promise<string> {
  const key = createHash('sha256')
    .update(schemaOf())
    .update(`${String(ROWS)} rows, generator ${String(GENERATOR)}`)
    .digest('hex')
    .slice(0, 16);
  const folder = inCache('bench');
  const file = path.join(folder, `events-${key}.db`);
  if ((await stat(file).catch(() => null)) !== null) return file;
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.part`;
  await rm(unfinished, { force: true });
  note('making the database of ten million events, once');
  const db = new Database(unfinished);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  migrate(db, eventMigrations, { nowUs: NEWEST_US, userName: '' });
  const { insertEvents } = eventWrites(db);
  for (let from = 0; from < ROWS; from += BATCH) {
    insertEvents(Array.from({ length: BATCH }, (_, index) => eventOf(from + index)));
    if (from % 1_000_000 === 0) note(`${String(from / 1e6)} million`);
    // Lets an abort through.
    await new Promise((resolve) => setImmediate(resolve));
  }
  db.pragma('optimize');
  db.close();
  await rename(unfinished, file);
  return file;
}

/**
 * The database as the store of a data folder: copying five gigabytes would take longer than measuring. What a run
 * adds is removed again by `restore`, and by the next run where this one was ended in between.
 */
export async function linkInto(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  restore(file);
  await symlink(file, path.join(folder, 'events.db'));
}

/** Removes whatever came after the generated rows. */
export function restore(file: string): void {
  const db = new Database(file);
  try {
    const newest = db.prepare<[], number>('SELECT max(seq) FROM event_rows').pluck().get() ?? 0;
    if (newest <= ROWS) return;
    const triggers = db
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event_rows'",
      )
      .all();
    db.transaction(() => {
      for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
      for (const table of ['event_tags', 'event_triggers', 'event_reviews', 'event_rows'])
        db.prepare(`DELETE FROM ${table} WHERE seq > ?`).run(ROWS);
      db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'event_rows'").run(ROWS);
      for (const { sql } of triggers) db.exec(sql);
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** The schema as SQLite keeps it, which does not depend on how this file was bundled. */
function schemaOf(): string {
  const db = new Database(':memory:');
  migrate(db, eventMigrations, { nowUs: NEWEST_US, userName: '' });
  const statements = db
    .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .pluck();
  const schema = statements.all().join('\n');
  db.close();
  return schema;
}
