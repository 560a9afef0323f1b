import Database from 'better-sqlite3';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { VasError } from '../../base/errors';

/** Marks a database as ours: 'VASW' in `PRAGMA application_id`. */
export const APPLICATION_ID = 0x56415357;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Offsets in the header of a SQLite file (big-endian, file format document, section 1.3). */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

export interface Inspection {
  /** Schema version; 0 for a database that holds nothing yet. */
  readonly version: number;
  /** False when there is no file yet, or an empty one. */
  readonly exists: boolean;
}

/**
 * Looks at a database file without changing a byte of it. Called before any connection to it exists in this
 * process, since closing a descriptor drops all POSIX locks that the process holds on the file.
 * @throws VasError unavailable when it is no database, conflict when it belongs to another or a newer application
 */
export function inspect(file: string, supported: number): Inspection {
  const size = sizeOf(file);
  const logSize = sizeOf(`${file}-wal`);
  if (size === 0) {
    if (logSize > 0)
      throw new VasError(
        'unavailable',
        `${file} is missing or empty, but its log ${file}-wal is not. Nothing was changed: put the database back beside its log, or move the log away.`,
        { details: { file, code: 'SQLITE_NOTADB' } },
      );
    return { version: 0, exists: false };
  }
  // With a log, the newest header may be in there; opening read-only never writes it back.
  const { version, applicationId, empty } = logSize > 0 ? fromConnection(file) : fromHeader(file);
  if (applicationId !== APPLICATION_ID && !empty)
    throw new VasError(
      'conflict',
      `${file} is a database of another application. Nothing was changed: move it away or choose another data folder.`,
      { details: { file } },
    );
  if (version > supported)
    throw new VasError(
      'conflict',
      `The database ${file} has version ${version}; this application knows versions up to ${supported}. ` +
        'A newer VAS Workstation wrote it: use the newer application. Nothing was changed.',
      { details: { file, version, supported } },
    );
  return { version, exists: !empty };
}

interface Header {
  readonly version: number;
  readonly applicationId: number;
  /** No schema at all: created, but interrupted before its first table. */
  readonly empty: boolean;
}

function fromHeader(file: string): Header {
  const header = Buffer.alloc(HEADER_BYTES);
  const fd = openSync(file, 'r');
  let read: number;
  try {
    read = readSync(fd, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(fd);
  }
  if (read < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new VasError(
      'unavailable',
      `${file} is not a database or its beginning is damaged. Nothing was changed: keep a copy of the data folder and restore a backup.`,
      { details: { file, code: 'SQLITE_NOTADB' } },
    );
  const version = header.readUInt32BE(USER_VERSION_AT);
  const applicationId = header.readUInt32BE(APPLICATION_ID_AT);
  return {
    version,
    applicationId,
    empty: version === 0 && applicationId === 0 && fromConnection(file).empty,
  };
}

function fromConnection(file: string): Header {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return {
      version: Number(db.pragma('user_version', { simple: true })),
      applicationId: Number(db.pragma('application_id', { simple: true })),
      empty: db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0,
    };
  } finally {
    db.close();
  }
}

/** Bytes, 0 when it does not exist. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
