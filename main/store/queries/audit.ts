import type Database from 'better-sqlite3';
import { ChainWalk, hashOf } from '../auditChain';
import type { AuditFilter, AuditRow, NewAuditEntry } from '../types';
import type { ReadPart, WritePart } from './part';

const SELECT = `SELECT a.seq, a.time_us AS timeUs, a.user_id AS userId, a.user_name AS userName, a.action,
  a.object_kind AS objectKind, a.object_id AS objectId, a.cameras, a.detail, a.outcome, a.previous, a.hash
  FROM audit_log a`;
/** Rows that one step of the verification reads, so that other reads get their turn. */
const VERIFY_STEP = 5_000;

export function auditReads(
  db: Database.Database,
): ReadPart<'listAudit' | 'verifyAudit' | 'auditHead' | 'auditNames'> {
  const head = db.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit_head');
  const from = db.prepare<[number, number], AuditRow>(`${SELECT} WHERE a.seq > ? ORDER BY a.seq LIMIT ?`);
  const users = db.prepare<[], { id: string | null; name: string }>(
    'SELECT user_id AS id, max(user_name) AS name FROM audit_log WHERE user_id IS NOT NULL GROUP BY user_id',
  );
  const actions = db.prepare<[], string>('SELECT DISTINCT action FROM audit_log ORDER BY action').pluck();
  const auditHead = () => head.get() ?? { seq: 0, hash: '' };
  return {
    auditHead,
    auditNames: () => ({
      users: users.all().flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])),
      actions: actions.all(),
    }),
    listAudit(filter) {
      const { limit, ...values } = filter;
      return db
        .prepare<Record<string, unknown>, AuditRow>(
          `${SELECT} ${whereOf(filter)} ORDER BY a.seq ${filter.ascending === true ? 'ASC' : 'DESC'} LIMIT @limit`,
        )
        .all({
          ...values,
          ascending: null,
          actions: JSON.stringify(filter.actions ?? []),
          outcomes: JSON.stringify(filter.outcomes ?? []),
          text: `%${(filter.text ?? '').replace(/[\\%_]/g, '\\$&')}%`,
          limit,
        });
    },
    verifyAudit(after) {
      const walk = new ChainWalk(after ?? undefined);
      const rows = from.all(walk.last.seq, VERIFY_STEP);
      for (const row of rows) {
        const broken = walk.next(row);
        if (broken !== null) return { checked: walk.last, broken, isDone: true };
      }
      if (rows.length === VERIFY_STEP) return { checked: walk.last, broken: null, isDone: false };
      const end = auditHead();
      const isWhole = end.seq === walk.last.seq && end.hash === walk.last.hash;
      // Entries may have been added since the rows were read: then it goes on.
      if (!isWhole && end.seq > walk.last.seq && from.get(walk.last.seq, 1) !== undefined)
        return { checked: walk.last, broken: null, isDone: false };
      return {
        checked: walk.last,
        broken: isWhole ? null : { seq: walk.last.seq + 1, kind: 'missing' },
        isDone: true,
      };
    },
  };
}

/** Fixed texts, chosen by which filters are given; every value is bound. */
function whereOf(filter: AuditFilter): string {
  const conditions: [boolean, string][] = [
    [filter.userId !== undefined, 'a.user_id = @userId'],
    [filter.actions !== undefined, 'a.action IN (SELECT value FROM json_each(@actions))'],
    [filter.outcomes !== undefined, 'a.outcome IN (SELECT value FROM json_each(@outcomes))'],
    [filter.cameraId !== undefined, 'a.seq IN (SELECT seq FROM audit_cameras WHERE device_id = @cameraId)'],
    [filter.fromUs !== undefined, 'a.time_us >= @fromUs'],
    [filter.toUs !== undefined, 'a.time_us < @toUs'],
    [filter.beforeSeq !== undefined, 'a.seq < @beforeSeq'],
    [filter.afterSeq !== undefined, 'a.seq > @afterSeq'],
    [
      filter.text !== undefined && filter.text !== '',
      `(a.user_name LIKE @text ESCAPE '\\' OR a.action LIKE @text ESCAPE '\\'
        OR a.object_id LIKE @text ESCAPE '\\' OR a.detail LIKE @text ESCAPE '\\')`,
    ],
  ];
  const given = conditions.filter(([is]) => is).map(([, text]) => text);
  return given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`;
}

export function auditWrites(db: Database.Database): WritePart<'appendAudit'> {
  const head = db.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit_head');
  const insert = db.prepare<[AuditRow]>(
    `INSERT INTO audit_log (seq, time_us, user_id, user_name, action, object_kind, object_id, cameras, detail,
       outcome, previous, hash)
     VALUES (@seq, @timeUs, @userId, @userName, @action, @objectKind, @objectId, @cameras, @detail, @outcome,
       @previous, @hash)`,
  );
  const camera = db.prepare<[string, number]>('INSERT OR IGNORE INTO audit_cameras VALUES (?, ?)');
  const append = db.transaction((entries: readonly NewAuditEntry[]): void => {
    for (const { cameras, detail, ...entry } of entries) {
      const last = head.get();
      if (!last) throw new Error('audit_head is empty');
      const content = {
        ...entry,
        seq: last.seq + 1,
        cameras: JSON.stringify(cameras),
        detail: JSON.stringify(detail),
        previous: last.hash,
      };
      insert.run({ ...content, hash: hashOf(content) });
      for (const id of cameras) camera.run(id, content.seq);
    }
  });
  return { appendAudit: (entries) => void append.immediate(entries) };
}
