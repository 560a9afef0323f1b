import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { HandlersOf } from '../protocol';
import { expiryWrites } from './expiry';
import { Names } from './names';
import type { EventWrites, NewEvent } from './types';
import { bytesOf } from './uuid';

/** Confidence in steps of 0.05; -1 for none. */
export function bucketOf(confidence: number | null): number {
  // The small addition keeps 0.15, which no binary number is, in its own step.
  return confidence === null ? -1 : Math.floor(confidence * 20 + 1e-9);
}

export function eventWrites(db: Database.Database): HandlersOf<EventWrites> {
  const names = new Names(db, true);
  const row = db.prepare(
    `INSERT INTO event_rows (id, camera, model, timestamp_us, frame_id, track_id, detections, confidence, bucket,
       event_metadata, created_us)
     VALUES (@id, @camera, @model, @timestampUs, @frameId, @trackId, @detections, @confidence, @bucket, @metadata,
       @createdUs)`,
  );
  const tag = db.prepare<[number, number, number, number, number, number]>(
    'INSERT OR IGNORE INTO event_tags (tag, camera, model, timestamp_us, seq, bucket) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const seqOf = db.prepare<[Buffer | null], number>('SELECT seq FROM event_rows WHERE id = ?').pluck();
  const claim = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO event_triggers (seq, claimed_us) VALUES (?, ?)',
  );
  const link = db.prepare<[string | null, string | null, number]>(
    `UPDATE event_triggers SET snapshot_id = coalesce(?, snapshot_id), clip_id = coalesce(?, clip_id)
     WHERE seq = ?`,
  );
  const review = db.prepare<[string, number, number]>(
    'INSERT OR IGNORE INTO event_reviews (user_id, seq, reviewed_us) VALUES (?, ?, ?)',
  );
  const unreview = db.prepare<[string, number]>('DELETE FROM event_reviews WHERE user_id = ? AND seq = ?');

  const insertOne = (event: NewEvent): number => {
    const camera = names.keyOf('camera', event.cameraId);
    const model = names.keyOf('model', event.modelId);
    const bucket = bucketOf(event.confidence);
    if (camera === null || model === null)
      throw new VasError('invalid', 'An event needs a camera and a model.');
    const { lastInsertRowid } = row.run({ ...event, id: bytesOf(event.id), camera, model, bucket });
    const seq = Number(lastInsertRowid);
    for (const kind of ['label', 'zone'] as const)
      for (const name of kind === 'label' ? event.labels : event.zones) {
        const key = names.keyOf(kind, name);
        if (key !== null) tag.run(key, camera, model, event.timestampUs, seq, bucket);
      }
    return seq;
  };
  const insertAll = db.transaction((events: readonly NewEvent[]) => events.map(insertOne));
  const reviewAll = db.transaction(
    (ids: readonly string[], userId: string, reviewed: boolean, nowUs: number): number => {
      let changed = 0;
      for (const id of ids) {
        const seq = seqOf.get(bytesOf(id));
        if (seq === undefined) continue;
        changed += (reviewed ? review.run(userId, seq, nowUs) : unreview.run(userId, seq)).changes;
      }
      return changed;
    },
  );
  const mustSeq = (id: string): number => {
    const seq = seqOf.get(bytesOf(id));
    if (seq === undefined) throw new VasError('not_found', 'There is no such event.', { details: { id } });
    return seq;
  };

  return {
    insertEvents(events) {
      try {
        return insertAll.immediate(events);
      } catch (error) {
        names.forget();
        throw error;
      }
    },
    claimTrigger: (id, nowUs) => claim.run(mustSeq(id), nowUs).changes === 1,
    linkMedia(id, { snapshotId, clipId }) {
      link.run(snapshotId ?? null, clipId ?? null, mustSeq(id));
    },
    setReviewed: (ids, userId, reviewed, nowUs) => reviewAll.immediate(ids, userId, reviewed, nowUs),
    probe: () => {
      // Writes the first page, and with it the log.
      db.pragma(`user_version = ${String(db.pragma('user_version', { simple: true }))}`);
    },
    ...expiryWrites(db),
  };
}
