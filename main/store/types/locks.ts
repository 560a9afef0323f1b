/** Footage that is exempt from retention. Times are microseconds since the Unix epoch, UTC. */

/** Footage that retention leaves alone. */
export interface FootageLockRow {
  readonly id: string;
  readonly source: 'range' | 'event' | 'bookmark';
  /** Of the event or bookmark; null for a range. */
  readonly sourceId: string | null;
  readonly cameraIds: readonly string[];
  /** [startUs, endUs). */
  readonly startUs: number;
  readonly endUs: number;
  readonly reason: string;
  /** Id of the user. */
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdUs: number;
  /** Null: it does not end by itself. */
  readonly untilUs: number | null;
  /** Null while it was not let go. */
  readonly releasedUs: number | null;
  readonly releasedBy: string | null;
  readonly releasedByName: string | null;
  /** Of the recordings in its range. */
  readonly bytes: number;
}

export type NewFootageLock = Omit<
  FootageLockRow,
  'createdByName' | 'releasedUs' | 'releasedBy' | 'releasedByName' | 'bytes'
>;

export interface FootageLockFilter {
  /** Of at least one of these. */
  readonly cameraIds?: readonly string[];
  /** Reaching into [fromUs, toUs). */
  readonly fromUs?: number;
  readonly toUs?: number;
  /** Those that hold at this moment. */
  readonly activeAtUs?: number;
  readonly offset: number;
  readonly limit: number;
}

export interface LockReads {
  /** Newest first. */
  listFootageLocks(filter: FootageLockFilter): Promise<{ rows: FootageLockRow[]; total: number }>;
  getFootageLock(id: string): Promise<FootageLockRow | null>;
  /** Of recordings that are locked at this moment. */
  lockedBytes(nowUs: number): Promise<number>;
}

export interface LockWrites {
  /** @throws VasError not_found for an unknown camera or user */
  addFootageLock(lock: NewFootageLock): Promise<FootageLockRow>;
  /** @throws VasError not_found, conflict when it holds no longer at `nowUs` */
  extendFootageLock(id: string, untilUs: number | null, nowUs: number): Promise<FootageLockRow>;
  /** @throws VasError not_found, conflict when it holds no longer at `nowUs` */
  releaseFootageLock(id: string, userId: string, nowUs: number): Promise<FootageLockRow>;
}
