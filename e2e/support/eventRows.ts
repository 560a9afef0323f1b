import path from 'node:path';
import Database from 'better-sqlite3';
import { eventMigrations } from '../../main/store/events/migrations';
import type { NewEvent } from '../../main/store/events/types';
import { uuid7 } from '../../main/store/events/uuid';
import { eventWrites } from '../../main/store/events/writes';
import { migrate } from '../../main/store/worker/migrate';

export interface EventRowSetup {
  readonly cameraId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly label: string;
  readonly confidence: number;
  readonly zone?: string;
}

export const EVENT_MODEL = 'nanodet-g-416x256';

/** Writes events as the application's own store does; only while the application does not run. */
export function fillEvents(dataDir: string, rows: readonly EventRowSetup[]): NewEvent[] {
  const db = new Database(path.join(dataDir, 'events.db'));
  try {
    db.pragma('journal_mode = WAL');
    migrate(db, eventMigrations, { nowUs: Date.now() * 1000, userName: '' });
    const events = rows.map(toEvent);
    eventWrites(db).insertEvents(events);
    return events;
  } finally {
    db.close();
  }
}

function toEvent({ cameraId, at, label, confidence, zone }: EventRowSetup, index: number): NewEvent {
  const bbox = [0.41, 0.33, 0.49, 0.7];
  const detection = { class_id: 0, class_name: label, confidence, bbox, track_id: index };
  return {
    id: uuid7(at * 1000),
    cameraId,
    modelId: EVENT_MODEL,
    timestampUs: at * 1000,
    frameId: index,
    trackId: index,
    detections: JSON.stringify({ schema: 1, detections: [detection] }),
    labels: [label],
    zones: zone === undefined ? [] : [zone],
    confidence,
    metadata: JSON.stringify({
      model_version: '1.0',
      inference_latency_ms: 21.4,
      ...(zone === undefined ? {} : { zones: [zone] }),
    }),
    createdUs: at * 1000 + 30_000,
  };
}
