/** Where and when something moved. Times are microseconds since the Unix epoch, UTC. */

/** Where something moved in one minute of a camera. */
export interface MotionMinuteRow {
  readonly cameraId: string;
  /** Minutes since the epoch, UTC. */
  readonly minute: number;
  /** 8 bytes: a bit for each second that was watched. */
  readonly known: Uint8Array;
  /** For each second with motion a byte with the second and 72 with the mask. */
  readonly data: Uint8Array;
}

export interface MotionBucketRow {
  readonly startUs: number;
  readonly knownSeconds: number;
  readonly movingSeconds: number;
  /** Share of the picture's cells in the second with most of them. */
  readonly peak: number;
}

export interface MotionFinding {
  readonly startUs: number;
  /** Exclusive. */
  readonly endUs: number;
  /** Share of the region's cells in the second with most of them. */
  readonly peak: number;
}

/** A second that was watched. */
export interface MotionSecond {
  readonly startUs: number;
  /** How many cells of the region moved in it. */
  readonly cells: number;
}

export interface MotionReads {
  /** By start; buckets of which nothing is known are left out. */
  listMotion(range: {
    cameraId: string;
    fromUs: number;
    toUs: number;
    bucketSeconds: number;
  }): Promise<MotionBucketRow[]>;
  /** By start; intervals less than `gapSeconds` apart are one. */
  searchMotion(wanted: {
    cameraId: string;
    fromUs: number;
    toUs: number;
    /** 72 bytes, contract/motionGrid.ts. */
    region: Uint8Array;
    minCells: number;
    gapSeconds: number;
    limit: number;
  }): Promise<{ found: MotionFinding[]; nextFromUs: number | null; knownSeconds: number }>;
  /**
   * Second by second, ascending: which seconds were watched, and which cells of a region moved in them.
   * @param wanted at most a day: a second is an entry
   */
  motionSeconds(wanted: {
    cameraId: string;
    fromUs: number;
    toUs: number;
    /** 72 bytes, contract/motionGrid.ts. */
    region: Uint8Array;
  }): Promise<MotionSecond[]>;
}

export interface MotionWrites {
  /** In one transaction; what is known of a minute already is kept. Unknown cameras are left out. */
  addMotion(rows: readonly MotionMinuteRow[]): Promise<void>;
  /** Forgets motion from before a camera's oldest footage, at the earliest after a day. @returns minutes */
  expireMotion(nowUs: number): Promise<number>;
}
