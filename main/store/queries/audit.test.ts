import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { databaseAt, uuid } from '../testing/fixtures';
import type { NewAuditEntry } from '../types';
import { auditReads, auditWrites } from './audit';

const entry = (n: number, more: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  timeUs: 1000 + n,
  userId: uuid(1),
  userName: 'Alex',
  action: 'devices.delete',
  objectKind: 'camera',
  objectId: uuid(n),
  cameras: [uuid(n % 3)],
  detail: { n, text: 'a "quoted" line\n' },
  outcome: 'done',
  ...more,
});

function logOf(count: number) {
  const db = databaseAt();
  auditWrites(db).appendAudit(Array.from({ length: count }, (_, n) => entry(n + 1)));
  return { db, ...auditReads(db) };
}

/** As somebody with the file and a tool would. */
function tamper(db: Database.Database, work: (db: Database.Database) => void): void {
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
    .filter(({ name }) => name.startsWith('audit_'));
  db.pragma('foreign_keys = OFF');
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  work(db);
  for (const { sql } of triggers) db.exec(sql);
}

const COUNT = 12;
const COLUMNS = {
  time_us: 'time_us + 1',
  user_id: "'other'",
  user_name: "user_name || ' '",
  action: "'devices.update'",
  object_kind: 'NULL',
  object_id: "'x'",
  cameras: "'[]'",
  detail: "'{}'",
  outcome: "'failed'",
  previous: "replace(previous, substr(previous, 1, 1), 'z')",
  hash: "replace(hash, substr(hash, 1, 1), 'z')",
} as const;

describe('the chain', () => {
  test('is whole when nothing was done to it, and when nothing was written yet', () => {
    expect(logOf(0).verifyAudit(null)).toMatchObject({ checked: { seq: 0 }, broken: null, isDone: true });
    expect(logOf(COUNT).verifyAudit(null)).toMatchObject({ checked: { seq: COUNT }, broken: null });
  });

  test('tells the first difference of any changed row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: COUNT }),
        fc.constantFrom(...Object.entries(COLUMNS)),
        (seq, [column, value]) => {
          const { db, verifyAudit } = logOf(COUNT);
          tamper(
            db,
            () => void db.prepare(`UPDATE audit_log SET ${column} = ${value} WHERE seq = ?`).run(seq),
          );
          const { broken, checked } = verifyAudit(null);
          expect(broken?.seq).toBe(seq);
          expect(checked.seq).toBe(seq - 1);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('tells the first missing row, the last ones too', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: COUNT }), { minLength: 1 }), (gone) => {
        const { db, verifyAudit } = logOf(COUNT);
        tamper(db, () => {
          for (const seq of gone) db.prepare('DELETE FROM audit_log WHERE seq = ?').run(seq);
        });
        expect(verifyAudit(null).broken).toEqual({ seq: Math.min(...gone), kind: 'missing' });
      }),
      { numRuns: 60 },
    );
  });

  test('tells the first of two rows that changed places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: COUNT }), fc.integer({ min: 1, max: COUNT }), (a, b) => {
        fc.pre(a !== b);
        const { db, verifyAudit } = logOf(COUNT);
        tamper(db, () => {
          const move = db.prepare('UPDATE audit_log SET seq = ? WHERE seq = ?');
          move.run(1_000_000, a);
          move.run(a, b);
          move.run(b, 1_000_000);
        });
        expect(verifyAudit(null).broken?.seq).toBe(Math.min(a, b));
      }),
      { numRuns: 60 },
    );
  });

  test('a whole chain that was written anew does not end as it did', () => {
    const { db, verifyAudit, auditHead } = logOf(COUNT);
    const { hash } = auditHead();
    tamper(db, () => {
      db.exec('DELETE FROM audit_cameras; DELETE FROM audit_log');
      db.exec(`UPDATE audit_head SET seq = 0, hash = '${'0'.repeat(64)}'`);
    });
    auditWrites(db).appendAudit(Array.from({ length: COUNT }, (_, n) => entry(n + 2)));
    // Only a hash that was kept elsewhere tells: that is why exports carry it.
    expect(verifyAudit(null).broken).toBeNull();
    expect(auditHead().hash).not.toBe(hash);
  });
});

describe('search', () => {
  const seqs = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq);

  test('pages newest first', () => {
    const { listAudit } = logOf(COUNT);
    expect(seqs(listAudit({ limit: 3 }))).toEqual([12, 11, 10]);
    expect(seqs(listAudit({ limit: 3, beforeSeq: 10 }))).toEqual([9, 8, 7]);
    expect(seqs(listAudit({ limit: 2, ascending: true, afterSeq: 4 }))).toEqual([5, 6]);
  });

  test('finds by user, action, outcome, camera, time and text', () => {
    const { db, listAudit, auditNames } = logOf(5);
    auditWrites(db).appendAudit([
      entry(6, {
        userId: uuid(2),
        userName: 'Kim',
        action: 'session.sign-in',
        outcome: 'refused',
        cameras: [],
      }),
    ]);
    expect(seqs(listAudit({ limit: 9, userId: uuid(2) }))).toEqual([6]);
    expect(seqs(listAudit({ limit: 9, actions: ['session.sign-in'] }))).toEqual([6]);
    expect(seqs(listAudit({ limit: 9, outcomes: ['refused'] }))).toEqual([6]);
    expect(seqs(listAudit({ limit: 9, cameraId: uuid(0) }))).toEqual([3]);
    expect(seqs(listAudit({ limit: 9, fromUs: 1002, toUs: 1004 }))).toEqual([3, 2]);
    expect(seqs(listAudit({ limit: 9, text: 'kim' }))).toEqual([6]);
    expect(seqs(listAudit({ limit: 9, text: '100%' }))).toEqual([]);
    expect(seqs(listAudit({ limit: 9, text: 'quoted' }))).toHaveLength(6);
    expect(auditNames()).toMatchObject({ actions: ['devices.delete', 'session.sign-in'] });
  });
});
