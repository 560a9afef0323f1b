/** Recorded footage and the chains of its hashes. Times are microseconds since the Unix epoch, UTC. */

/** What the recordings of a camera take. */
export interface ArchiveUsageRow {
  readonly cameraId: string;
  /** All of its recordings. */
  readonly bytes: number;
  /** Ends of the oldest and newest recording. */
  readonly oldestUs: number;
  readonly newestUs: number;
  /** Of segments that began after the given time. */
  readonly dayBytes: number;
  readonly daySeconds: number;
}

export interface SegmentRow {
  /** UUID. */
  readonly id: string;
  readonly cameraId: string;
  /** Of the recording run the segment belongs to. */
  readonly runId: string;
  /** The storage folder that holds the file. */
  readonly folderId: string;
  /** Path relative to that folder, forward slashes. */
  readonly path: string;
  readonly startUs: number;
  readonly endUs: number;
  readonly videoCodec: string;
  readonly audioCodec: string | null;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Of the file, lower-case hexadecimal; null for segments from before there were hashes. */
  readonly sha256: string | null;
}

export type NewSegment = Omit<SegmentRow, 'sha256'> & { readonly sha256?: string | null };

/** Why segments are gone. `lost`: the file was missing; `damaged`: it was put into quarantine. */
export type SegmentLoss = 'retention' | 'lost' | 'damaged';

/** A segment with its place in its camera's chain. Hashes and chain values are lower-case hexadecimal. */
export interface SealedSegment extends Pick<
  SegmentRow,
  'id' | 'cameraId' | 'folderId' | 'path' | 'startUs' | 'endUs' | 'bytes'
> {
  readonly sha256: string;
  /** From 1, in the order in which they were added. */
  readonly seq: number;
  readonly chain: string;
}

export interface ChainHead {
  readonly seq: number;
  readonly chain: string;
}

/** A stretch of a chain whose segments are gone. */
export interface ChainCut {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly reason: SegmentLoss;
  /** Chain value of the last one: what the next segment goes on from. */
  readonly chain: string;
  readonly fromUs: number;
  readonly toUs: number;
}

/** A segment whose file is being removed. */
export interface TombstoneRow extends Pick<SegmentRow, 'id' | 'cameraId' | 'folderId' | 'path' | 'bytes'> {
  readonly notedUs: number;
}

/** A time of which a camera has no footage. */
export interface GapRow {
  readonly cameraId: string;
  readonly startUs: number;
  /** Null while it lasts. */
  readonly endUs: number | null;
  /** A word of the contract (`gapReason`). */
  readonly reason: string;
}

/** Segments of one step of a time line. */
export interface CoverageRow {
  /** Start of the first and end of the last one. */
  readonly startUs: number;
  readonly endUs: number;
  /** What they hold together; less than from start to end where there are gaps. */
  readonly coveredUs: number;
}

export interface RecordedDay {
  /** YYYY-MM-DD in the time zone of the workstation. */
  readonly day: string;
  readonly segments: number;
  readonly bytes: number;
}

export interface SegmentReads {
  /** Recorded time of a camera, gathered in steps of `stepUs` by the start of its segments; in order. */
  coverage(cameraId: string, fromUs: number, toUs: number, stepUs: number): Promise<CoverageRow[]>;
  /** The last segment that starts before this; null when there is none. */
  segmentBefore(cameraId: string, us: number): Promise<SegmentRow | null>;
  /** Of live cameras that have recordings; the day's values count segments that began at or after `sinceUs`. */
  archiveUsage(sinceUs: number): Promise<ArchiveUsageRow[]>;
  /** Segments overlapping [fromUs, toUs), by start. */
  findSegments(cameraId: string, fromUs: number, toUs: number, limit?: number): Promise<SegmentRow[]>;
  recordedBytes(cameraId?: string): Promise<number>;
  /** Newest first. */
  recordedDays(cameraId: string): Promise<RecordedDay[]>;
  /** Whether a row names this path, for the healing at start. */
  segmentByPath(path: string): Promise<SegmentRow | null>;
  /** Every stored path below a camera's folder, for the healing at start; of one storage folder, or of all. */
  segmentPaths(cameraId: string, folderId?: string): Promise<string[]>;
  /** A camera's segments that have a hash, in the order of its chain, after a place. */
  sealedSegments(cameraId: string, afterSeq: number, limit: number): Promise<SealedSegment[]>;
  /** Where a camera's chain ends; null before its first segment with a hash. */
  chainHead(cameraId: string): Promise<ChainHead | null>;
  /** In the order of the chain. */
  chainCuts(cameraId: string): Promise<ChainCut[]>;
  listTombstones(options: { cameraId?: string; limit: number }): Promise<TombstoneRow[]>;
  /** Gaps that reach into [fromUs, toUs), by camera as given, then by start. `limit`: of each camera. */
  findGaps(cameraIds: readonly string[], fromUs: number, toUs: number, limit?: number): Promise<GapRow[]>;
  /** Largest end of a camera's segments, so that recordings never overlap; null when it has none. */
  lastSegmentEnd(cameraId: string): Promise<number | null>;
}

export interface SegmentWrites {
  /** @throws VasError conflict when it overlaps another segment of the camera */
  insertSegment(segment: NewSegment): Promise<void>;
  /** Adds a segment that has no hash yet to the end of its camera's chain. */
  sealSegment(id: string, sha256: string): Promise<void>;
  /** Takes rows away whose files are gone already. Default reason: `lost`. */
  deleteSegments(ids: readonly string[], reason?: SegmentLoss): Promise<void>;
  /**
   * Makes tombstones of rows whose files are about to go. Retention never gets what is locked at `nowUs`.
   * @returns those that became tombstones
   */
  burySegments(ids: readonly string[], reason: SegmentLoss, nowUs: number): Promise<string[]>;
  /** The files are gone for good. */
  forgetTombstones(ids: readonly string[]): Promise<void>;
  /** The folder that holds the files is given up: nobody will remove them. */
  forgetTombstonesIn(folderId: string): Promise<void>;
  /** Forgets the gap that lasts and those that begin at `fromUs` or later, and adds these. */
  replaceGaps(cameraId: string, fromUs: number, gaps: readonly GapRow[]): Promise<void>;
  /** Forgets gaps from before each camera's oldest segment. @returns how many */
  forgetOldGaps(): Promise<number>;
}
