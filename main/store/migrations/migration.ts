import type Database from 'better-sqlite3';

export interface MigrationContext {
  /** Microseconds since the epoch. */
  readonly nowUs: number;
  /** Name of the person at this workstation, as the operating system knows it. */
  readonly userName: string;
}

/** One step of the schema. Once released it is never changed: a correction is a new migration. */
export interface Migration {
  /** Becomes `PRAGMA user_version`; in tens, so that a branch can fit one in between. */
  readonly number: number;
  /** What it does, as in its file name. */
  readonly name: string;
  /** Runs inside a transaction with foreign keys unenforced; they are checked before the commit. */
  up(db: Database.Database, context: MigrationContext): void;
}
