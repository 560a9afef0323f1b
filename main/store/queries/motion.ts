import type Database from 'better-sqlite3';
import { MOTION_CELLS, sharedCells } from '../../../contract/motionGrid';
import type { MotionBucketRow, MotionFinding, MotionMinuteRow, MotionSecond } from '../types';
import { mergeSeconds, packSeconds, secondsOf } from './motionMinute';
import type { ReadPart, WritePart } from './part';

const MINUTE_US = 60_000_000;
const SECOND_US = 1_000_000;

interface Row {
  readonly minute: number;
  readonly known: Uint8Array;
  readonly known_s: number;
  readonly moving_s: number;
  readonly peak: number;
  readonly data: Uint8Array;
}

export function motionReads(
  db: Database.Database,
): ReadPart<'listMotion' | 'searchMotion' | 'motionSeconds'> {
  const whole = db.prepare<[string, number, number], Row>(
    'SELECT * FROM motion WHERE camera_id = ? AND minute >= ? AND minute < ? ORDER BY minute',
  );
  const summary = db.prepare<[string, number, number], Omit<Row, 'known' | 'data'>>(
    'SELECT minute, known_s, moving_s, peak FROM motion WHERE camera_id = ? AND minute >= ? AND minute < ? ORDER BY minute',
  );
  const minutes = (fromUs: number, toUs: number): [number, number] => [
    Math.floor(fromUs / MINUTE_US),
    Math.ceil(toUs / MINUTE_US),
  ];
  return {
    listMotion({ cameraId, fromUs, toUs, bucketSeconds }) {
      const buckets = new Map<number, MotionBucketRow>();
      const add = (us: number, known: number, moving: number, cells: number): void => {
        const startUs = Math.floor(us / (bucketSeconds * SECOND_US)) * bucketSeconds * SECOND_US;
        const before = buckets.get(startUs) ?? { startUs, knownSeconds: 0, movingSeconds: 0, peak: 0 };
        buckets.set(startUs, {
          startUs,
          knownSeconds: before.knownSeconds + known,
          movingSeconds: before.movingSeconds + moving,
          peak: Math.max(before.peak, cells / MOTION_CELLS),
        });
      };
      const [first, last] = minutes(fromUs, toUs);
      // Whole minutes need no look at their seconds.
      if (bucketSeconds % 60 === 0 && fromUs % MINUTE_US === 0 && toUs % MINUTE_US === 0) {
        for (const row of summary.iterate(cameraId, first, last))
          add(row.minute * MINUTE_US, row.known_s, row.moving_s, row.peak);
        return [...buckets.values()];
      }
      for (const row of whole.iterate(cameraId, first, last))
        for (const [second, mask] of secondsOf(row)) {
          const us = row.minute * MINUTE_US + second * SECOND_US;
          if (us < fromUs - SECOND_US + 1 || us >= toUs) continue;
          const cells = sharedCells(mask, ALL);
          add(us, 1, cells > 0 ? 1 : 0, cells);
        }
      return [...buckets.values()];
    },

    searchMotion({ cameraId, fromUs, toUs, region, minCells, gapSeconds, limit }) {
      const found: MotionFinding[] = [];
      const size = Math.max(1, sharedCells(region, ALL));
      let knownSeconds = 0;
      for (const row of whole.iterate(cameraId, ...minutes(fromUs, toUs)))
        for (const [second, mask] of secondsOf(row)) {
          const us = row.minute * MINUTE_US + second * SECOND_US;
          if (us < fromUs - SECOND_US + 1 || us >= toUs) continue;
          knownSeconds++;
          const cells = sharedCells(mask, region);
          if (cells < minCells) continue;
          const open = found.at(-1);
          if (open && us - open.endUs <= gapSeconds * SECOND_US) {
            found[found.length - 1] = {
              startUs: open.startUs,
              endUs: us + SECOND_US,
              peak: Math.max(open.peak, cells / size),
            };
            continue;
          }
          if (found.length === limit) return { found, nextFromUs: us, knownSeconds };
          found.push({ startUs: us, endUs: us + SECOND_US, peak: cells / size });
        }
      return { found, nextFromUs: null, knownSeconds };
    },

    motionSeconds({ cameraId, fromUs, toUs, region }) {
      const seconds: MotionSecond[] = [];
      for (const row of whole.iterate(cameraId, ...minutes(fromUs, toUs)))
        for (const [second, mask] of secondsOf(row)) {
          const startUs = row.minute * MINUTE_US + second * SECOND_US;
          if (startUs > fromUs - SECOND_US && startUs < toUs)
            seconds.push({ startUs, cells: sharedCells(mask, region) });
        }
      return seconds;
    },
  };
}

const ALL = new Uint8Array(MOTION_CELLS / 8).fill(0xff);

export function motionWrites(db: Database.Database): WritePart<'addMotion' | 'expireMotion'> {
  const present = db.prepare<[string, number], Pick<Row, 'known' | 'data'>>(
    'SELECT known, data FROM motion WHERE camera_id = ? AND minute = ?',
  );
  const put = db.prepare(
    `INSERT INTO motion (camera_id, minute, known, known_s, moving_s, peak, data)
     SELECT ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM devices WHERE id = ?)
     ON CONFLICT (camera_id, minute) DO UPDATE SET known = excluded.known, known_s = excluded.known_s,
       moving_s = excluded.moving_s, peak = excluded.peak, data = excluded.data`,
  );
  const cameras = db.prepare<[], { id: string }>('SELECT id FROM devices');
  // Motion of a camera without footage is kept for a day: it may just not have been recorded yet.
  const expire = db.prepare<[string, number, string, number]>(
    `DELETE FROM motion WHERE camera_id = ? AND minute < min(?, coalesce(
       (SELECT start_us / ${String(MINUTE_US)} FROM segments WHERE camera_id = ? ORDER BY start_us LIMIT 1), ?))`,
  );
  const addAll = db.transaction((rows: readonly MotionMinuteRow[]) => {
    for (const row of rows) {
      const before = present.get(row.cameraId, row.minute);
      const seconds = before ? mergeSeconds(secondsOf(before), secondsOf(row)) : secondsOf(row);
      if (seconds.size === 0) continue;
      const { known, data, peak, knownSeconds, movingSeconds } = packSeconds(seconds);
      put.run(row.cameraId, row.minute, known, knownSeconds, movingSeconds, peak, data, row.cameraId);
    }
  });
  return {
    addMotion: (rows) => addAll(rows),
    expireMotion(nowUs) {
      const dayAgo = Math.floor(nowUs / MINUTE_US) - 24 * 60;
      return cameras.all().reduce((sum, { id }) => sum + expire.run(id, dayAgo, id, dayAgo).changes, 0);
    },
  };
}
