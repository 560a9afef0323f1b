import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { CameraAccessRow, UserRow } from '../types';
import { sqliteCode } from '../worker/errors';
import type { ReadPart, WritePart } from './part';

const SELECT = `SELECT id, name, role, access, is_disabled AS isDisabled, password IS NOT NULL AS hasPassword,
  failed_count AS failedCount, failed_us AS failedUs, signed_in_us AS signedInUs, created_us AS createdUs,
  deleted_us AS deletedUs FROM users`;

type Raw = Omit<UserRow, 'isDisabled' | 'hasPassword' | 'cameras'> & {
  readonly isDisabled: number;
  readonly hasPassword: number;
};

export function userReads(
  db: Database.Database,
): ReadPart<'localUser' | 'listUsers' | 'getUser' | 'findUser' | 'getPasswordHash'> {
  // By rowid, which no clock can change. The first one there ever was: the local operator, who became the first administrator.
  const local = db.prepare<[], Raw>(`${SELECT} ORDER BY rowid LIMIT 1`);
  const all = db.prepare<[], Raw>(`${SELECT} WHERE deleted_us IS NULL ORDER BY name COLLATE NOCASE, id`);
  const one = db.prepare<[string], Raw>(`${SELECT} WHERE id = ?`);
  const named = db.prepare<[string], Raw>(`${SELECT} WHERE name = ? COLLATE NOCASE AND deleted_us IS NULL`);
  const hash = db.prepare<[string], string | null>('SELECT password FROM users WHERE id = ?').pluck();
  const cameras = db.prepare<[string], { id: string; live: number; playback: number; export: number }>(
    `SELECT c.device_id AS id, c.live, c.playback, c.export FROM user_cameras c
     JOIN devices d ON d.id = c.device_id WHERE c.user_id = ? AND d.deleted_us IS NULL`,
  );
  const whole = (raw: Raw): UserRow => ({
    ...raw,
    isDisabled: raw.isDisabled === 1,
    hasPassword: raw.hasPassword === 1,
    cameras: cameras.all(raw.id).map((row) => ({
      ...{ id: row.id, live: row.live === 1, playback: row.playback === 1, export: row.export === 1 },
    })),
  });
  const optional = (raw: Raw | undefined): UserRow | null => (raw ? whole(raw) : null);
  return {
    localUser() {
      const row = local.get();
      if (!row) throw new VasError('internal', 'The database has no user. Restore a backup of vas.db.');
      return whole(row);
    },
    listUsers: () => all.all().map(whole),
    getUser: (id) => optional(one.get(id)),
    findUser: (name) => optional(named.get(name)),
    getPasswordHash: (id) => hash.get(id) ?? null,
  };
}

export function userWrites(
  db: Database.Database,
): WritePart<
  | 'createUser'
  | 'updateUser'
  | 'setPassword'
  | 'noteSignIn'
  | 'noteFailedSignIn'
  | 'deleteUser'
  | 'resetAdministrator'
> {
  const insert = db.prepare(
    `INSERT INTO users (id, name, role, password, access, created_us)
     VALUES (@id, @name, @role, @password, @access, @nowUs)`,
  );
  const change = db.prepare(
    `UPDATE users SET name = coalesce(@name, name), role = coalesce(@role, role),
       access = coalesce(@access, access), is_disabled = coalesce(@isDisabled, is_disabled)
     WHERE id = @id AND deleted_us IS NULL`,
  );
  const password = db.prepare<[string, string]>(
    'UPDATE users SET password = ?, failed_count = 0, failed_us = NULL WHERE id = ? AND deleted_us IS NULL',
  );
  const signedIn = db.prepare<[number, string]>(
    'UPDATE users SET signed_in_us = ?, failed_count = 0, failed_us = NULL WHERE id = ?',
  );
  const failed = db.prepare<[number, string]>(
    'UPDATE users SET failed_count = failed_count + 1, failed_us = ? WHERE id = ?',
  );
  const bury = db.prepare<[number, string]>(
    'UPDATE users SET deleted_us = ?, password = NULL, is_disabled = 1 WHERE id = ? AND deleted_us IS NULL',
  );
  // Where people sign in, one without a password, as a restored backup leaves them, cannot get in. Setting up
  // sign-in changes the first user before there is a password.
  const administrators = db
    .prepare<[], number>(
      `SELECT count(*) FROM users WHERE role = 'administrator' AND is_disabled = 0 AND deleted_us IS NULL
         AND (password IS NOT NULL
           OR NOT EXISTS (SELECT 1 FROM settings WHERE key = 'users.mode' AND value = 'sign-in'))`,
    )
    .pluck();
  const noCameras = db.prepare<[string]>('DELETE FROM user_cameras WHERE user_id = ?');
  const addCamera = db.prepare<[string, number, number, number, string]>(
    `INSERT INTO user_cameras (user_id, device_id, live, playback, export)
     SELECT ?, id, ?, ?, ? FROM devices WHERE id = ? AND deleted_us IS NULL`,
  );
  const setCameras = (id: string, cameras: readonly CameraAccessRow[]): void => {
    noCameras.run(id);
    for (const one of cameras)
      addCamera.run(id, Number(one.live), Number(one.playback), Number(one.export), one.id);
  };
  const found = (changes: number): void => {
    if (changes === 0) throw new VasError('not_found', 'There is no such user. It may have been deleted.');
  };
  const keepsAdministrator = (): void => {
    if ((administrators.get() ?? 0) === 0)
      throw new VasError(
        'conflict',
        'This is the only administrator left who can sign in. Make another one with a password first.',
      );
  };
  const once = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE')
        throw new VasError('conflict', 'There is a user of this name. Choose another one.');
      throw error;
    }
  };
  const create = db.transaction((user: Parameters<WriteOf<'createUser'>>[0]): void => {
    const { cameras, ...row } = user;
    once(() => insert.run(row));
    setCameras(row.id, cameras);
  });
  const update = db.transaction((id: string, patch: Parameters<WriteOf<'updateUser'>>[1]): void => {
    const { name = null, role = null, access = null, isDisabled } = patch;
    const flag = isDisabled === undefined ? null : Number(isDisabled);
    found(once(() => change.run({ id, name, role, access, isDisabled: flag }).changes));
    if (patch.cameras !== undefined) setCameras(id, patch.cameras);
    keepsAdministrator();
  });
  const remove = db.transaction((id: string, nowUs: number): void => {
    found(bury.run(nowUs, id).changes);
    keepsAdministrator();
    noCameras.run(id);
  });
  const free = db.prepare<[]>(
    `UPDATE users SET name = substr(name, 1, 200) || ' ' || substr(id, 1, 8)
     WHERE deleted_us IS NOT NULL AND id = (SELECT id FROM users ORDER BY rowid LIMIT 1)`,
  );
  const revive = db.prepare<[]>(
    `UPDATE users SET role = 'administrator', access = 'all', is_disabled = 0, deleted_us = NULL, password = NULL,
       failed_count = 0, failed_us = NULL
     WHERE id = (SELECT id FROM users ORDER BY rowid LIMIT 1)`,
  );
  const ask = db.prepare<[]>(`DELETE FROM settings WHERE key = 'users.mode'`);
  const reset = db.transaction((): void => {
    free.run();
    revive.run();
    ask.run();
  });
  return {
    createUser: (user) => create.immediate(user),
    updateUser: (id, patch) => update.immediate(id, patch),
    setPassword: (id, hash) => found(password.run(hash, id).changes),
    noteSignIn: (id, nowUs) => void signedIn.run(nowUs, id),
    noteFailedSignIn: (id, nowUs) => void failed.run(nowUs, id),
    deleteUser: (id, nowUs) => remove.immediate(id, nowUs),
    resetAdministrator: () => reset.immediate(),
  };
}

type WriteOf<N extends keyof ReturnType<typeof userWrites>> = ReturnType<typeof userWrites>[N];
