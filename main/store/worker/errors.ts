import { VasError, messageOf } from '../../base/errors';
import type { ErrorKind } from '../../base/errors';
import type { WireError } from '../protocol';

interface Meaning {
  readonly kind: ErrorKind;
  /** What the user reads; `{text}` is SQLite's own message. */
  readonly says: string;
}

/** By primary result code; the longer extended codes are looked up first. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // The disk or a quota is exhausted: the transaction was rolled back, nothing is lost, space helps.
  SQLITE_FULL: {
    kind: 'unavailable',
    says: 'The disk that holds the database is full. Free some space and try again.',
  },
  // The operating system failed to read or write: a failing disk, a pulled drive, a lost mount.
  SQLITE_IOERR: {
    kind: 'unavailable',
    says: 'The database could not be read or written ({text}). Check the disk that holds the data folder.',
  },
  // File or mount became read-only, or a query tried to write on a reading connection.
  SQLITE_READONLY: {
    kind: 'unavailable',
    says: 'The database is read-only. Check the permissions of the data folder and how its disk is mounted.',
  },
  // Pages contradict each other. Never repaired or deleted by us: what is left is evidence.
  SQLITE_CORRUPT: {
    kind: 'unavailable',
    says: 'The database is damaged ({text}). Close the application, keep a copy of the data folder, and restore a backup of vas.db.',
  },
  // The header is not SQLite's: overwritten, or another file under this name.
  SQLITE_NOTADB: {
    kind: 'unavailable',
    says: 'The file is not a database or its beginning is damaged. Close the application, keep a copy of the data folder, and restore a backup of vas.db.',
  },
  // Another program holds a lock for longer than the busy time-out; ours never do.
  SQLITE_BUSY: {
    kind: 'unavailable',
    says: 'The database is locked by another program. Close it and try again.',
  },
  SQLITE_LOCKED: { kind: 'unavailable', says: 'The database is locked. Try again.' },
  // Missing folder, missing permission or out of descriptors.
  SQLITE_CANTOPEN: {
    kind: 'unavailable',
    says: 'The database file could not be opened. Check that the data folder exists and that you may write there.',
  },
  SQLITE_PERM: { kind: 'unavailable', says: 'The database file could not be opened: permission denied.' },
  SQLITE_NOMEM: { kind: 'unavailable', says: 'There was not enough memory for the database. Try again.' },
  // A value that must be unique exists already.
  SQLITE_CONSTRAINT_UNIQUE: {
    kind: 'conflict',
    says: 'An entry with the same value exists already ({text}).',
  },
  SQLITE_CONSTRAINT_PRIMARYKEY: {
    kind: 'conflict',
    says: 'An entry with the same id exists already ({text}).',
  },
  // RAISE(ABORT) of a trigger: an invariant that spans rows, e.g. overlapping segments.
  SQLITE_CONSTRAINT_TRIGGER: { kind: 'conflict', says: 'Not possible: {text}.' },
  // Rows are only ever inserted with references, never is a referenced row deleted: the other end is missing.
  SQLITE_CONSTRAINT_FOREIGNKEY: {
    kind: 'not_found',
    says: 'It refers to a camera or user that does not exist.',
  },
  // CHECK, NOT NULL, data type: the value breaks a rule of the schema.
  SQLITE_CONSTRAINT: { kind: 'invalid', says: 'A value breaks a rule of the database ({text}).' },
  SQLITE_TOOBIG: { kind: 'invalid', says: 'A value is too big for the database.' },
};

/** SQLite's extended code as a string, or null when `error` is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return null;
  const code = (error as Error & { code?: unknown }).code;
  return typeof code === 'string' ? code : null;
}

/** SQLITE_IOERR_WRITE, then SQLITE_IOERR. */
function meaningOf(code: string): Meaning | null {
  for (let name = code; name.includes('_'); name = name.slice(0, name.lastIndexOf('_'))) {
    const meaning = MEANINGS[name];
    if (meaning) return meaning;
  }
  return null;
}

/** Anything thrown inside a worker, in the form that crosses to the client and becomes a VasError there. */
export function toWire(error: unknown): WireError {
  if (error instanceof VasError)
    return {
      kind: error.kind,
      message: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  const code = sqliteCode(error) ?? ofSystem(error);
  if (code === null) return { kind: 'internal', message: `The store failed: ${messageOf(error)}` };
  const meaning = meaningOf(code);
  if (!meaning)
    return { kind: 'internal', message: `The database failed: ${messageOf(error)}`, details: { code } };
  return {
    kind: meaning.kind,
    message: meaning.says.replace('{text}', () => messageOf(error)),
    details: { code },
  };
}

/** A file that could not even be made: SQLite's code for the same. */
function ofSystem(error: unknown): string | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === undefined ? null : (OF_SYSTEM[code] ?? null);
}

const OF_SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_PERM',
  EPERM: 'SQLITE_PERM',
  ENOENT: 'SQLITE_CANTOPEN',
  EIO: 'SQLITE_IOERR',
};
