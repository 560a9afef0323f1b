import { expect, test } from 'vitest';
import { motionReads } from '../queries/motion';
import { databaseAt, insertCamera, migrateTo, uuid } from '../testing/fixtures';

test('motion is empty at first, and its rows are checked', () => {
  const db = databaseAt(100);
  insertCamera(db, 1);
  migrateTo(db, 180);
  expect(motionReads(db).listMotion({ cameraId: uuid(1), fromUs: 0, toUs: 1e15, bucketSeconds: 60 })).toEqual(
    [],
  );
  const insert = (known: string, knownS: number, movingS: number, peak: number, data: string) =>
    db.exec(`INSERT INTO motion VALUES ('${uuid(1)}', 1, ${known}, ${knownS}, ${movingS}, ${peak}, ${data})`);
  expect(() => insert('zeroblob(7)', 1, 0, 0, 'zeroblob(0)')).toThrow('motion_known_length');
  expect(() => insert('zeroblob(8)', 0, 0, 0, 'zeroblob(0)')).toThrow('motion_known_s_range');
  expect(() => insert('zeroblob(8)', 1, 2, 0, 'zeroblob(146)')).toThrow('motion_moving_s_range');
  expect(() => insert('zeroblob(8)', 1, 1, 577, 'zeroblob(73)')).toThrow('motion_peak_range');
  expect(() => insert('zeroblob(8)', 1, 1, 1, 'zeroblob(72)')).toThrow('motion_data_length');
  expect(() => db.exec(`INSERT INTO motion VALUES ('${uuid(9)}', 1, zeroblob(8), 1, 0, 0, x'')`)).toThrow(
    'FOREIGN KEY',
  );
  insert('zeroblob(8)', 1, 1, 1, 'zeroblob(73)');
});
