import { expect, test } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import { segmentReads } from '../queries/segments';
import {
  databaseAt,
  insertCamera,
  insertOldSegment,
  migrateTo,
  NEWEST,
  segment,
  uuid,
} from '../testing/fixtures';

const HASH = `unhex('${'ab'.repeat(32)}')`;

function migrated() {
  const db = databaseAt(20);
  const camera = insertCamera(db, 1);
  migrateTo(db, 70);
  const row = segment(camera, 100, 200);
  insertOldSegment(db, row);
  migrateTo(db, NEWEST);
  return { db, camera, row };
}

test('segments from before have no hash and stay as they are', () => {
  const { db, camera, row } = migrated();
  expect(segmentReads(db).findSegments(camera, 0, 1000)).toEqual([row]);
  expect(row.sha256).toBeNull();
});

test('hash, place and chain value come together and never change', () => {
  const { db } = migrated();
  expect(() => db.exec(`UPDATE segments SET sha256 = ${HASH}`)).toThrow('CHECK');
  expect(() => db.exec(`UPDATE segments SET chain_seq = 1`)).toThrow('CHECK');
  expect(() => db.exec(`UPDATE segments SET sha256 = x'00', chain_seq = 1, chain = x'00'`)).toThrow('CHECK');
  db.exec(`UPDATE segments SET sha256 = ${HASH}, chain_seq = 1, chain = ${HASH}`);
  for (const change of ['sha256 = NULL', 'chain_seq = 2', `chain = NULL`])
    expect(() => db.exec(`UPDATE segments SET ${change}`)).toThrow('never change');
});

const CAMERA = uuid(1);

test.each([
  [`INSERT INTO segment_chain_heads VALUES ('${CAMERA}', 0, ${HASH})`, 'segment_chain_heads_seq_range'],
  [`INSERT INTO segment_chain_heads VALUES ('${CAMERA}', 1, x'00')`, 'segment_chain_heads_chain_length'],
  [
    `INSERT INTO segment_chain_cuts VALUES ('${CAMERA}', 2, 1, 'lost', ${HASH}, 1, 2)`,
    'segment_chain_cuts_order',
  ],
  [
    `INSERT INTO segment_chain_cuts VALUES ('${CAMERA}', 1, 1, 'why', ${HASH}, 1, 2)`,
    'segment_chain_cuts_reason',
  ],
  [`INSERT INTO segment_tombstones VALUES ('x', 'nobody', '${DEFAULT_FOLDER_ID}', 'a', 1, 1)`, 'FOREIGN KEY'],
  [`INSERT INTO recording_gaps VALUES ('${CAMERA}', 5, 5, 'off')`, 'recording_gaps_end_after_start'],
  [`INSERT INTO recording_gaps VALUES ('${CAMERA}', 5, NULL, '')`, 'recording_gaps_reason_length'],
])('%s breaks %s', (sql, constraint) => {
  const { db } = migrated();
  expect(() => db.exec(sql)).toThrow(constraint);
});

test('a camera has one gap that lasts', () => {
  const { db } = migrated();
  db.exec(`INSERT INTO recording_gaps VALUES ('${CAMERA}', 5, NULL, 'off')`);
  expect(() => db.exec(`INSERT INTO recording_gaps VALUES ('${CAMERA}', 9, NULL, 'off')`)).toThrow('UNIQUE');
  db.exec(`INSERT INTO recording_gaps VALUES ('${CAMERA}', 9, 10, 'off')`);
});
