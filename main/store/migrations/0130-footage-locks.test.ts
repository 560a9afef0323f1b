import { expect, test } from 'vitest';
import { databaseAt, insertCamera, uuid } from '../testing/fixtures';

function migrated() {
  const db = databaseAt(130);
  insertCamera(db, 1);
  const user = db.prepare<[], string>('SELECT id FROM users').pluck().get() ?? '';
  const add = (more: Record<string, unknown> = {}): void => {
    db.prepare(
      `INSERT INTO footage_locks VALUES (@id, @source, @sourceId, @from, @to, @reason, @user, 1, @until, @releasedUs, @releasedBy)`,
    ).run({
      ...{ id: uuid(1), source: 'range', sourceId: null, from: 10, to: 20, reason: 'theft', user },
      ...{ until: null, releasedUs: null, releasedBy: null },
      ...more,
    });
  };
  return { db, add, user };
}

test.each([
  [{ id: 'x' }, 'footage_locks_id_is_uuid'],
  [{ source: 'wish' }, 'footage_locks_source'],
  [{ source: 'event' }, 'footage_locks_source_id'],
  [{ sourceId: uuid(5) }, 'footage_locks_source_id'],
  [{ to: 10 }, 'footage_locks_end_after_start'],
  [{ reason: '' }, 'footage_locks_reason_length'],
  [{ releasedUs: 5 }, 'footage_locks_release'],
  [{ user: uuid(8) }, 'FOREIGN KEY'],
])('%j breaks %s', (more, constraint) => {
  expect(() => migrated().add(more)).toThrow(constraint);
});

test('a lock can be extended and released once, nothing else of it changes', () => {
  const { db, add, user } = migrated();
  add();
  db.exec('UPDATE footage_locks SET until_us = 99');
  for (const change of ["reason = 'x'", 'start_us = 0', 'end_us = 99', 'created_us = 0'])
    expect(() => db.exec(`UPDATE footage_locks SET ${change}`)).toThrow('never changes');
  db.exec(`UPDATE footage_locks SET released_us = 5, released_by = '${user}'`);
  expect(() => db.exec('UPDATE footage_locks SET until_us = 100')).toThrow('stays released');
});
