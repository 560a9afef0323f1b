import type { SegmentRow } from './segments';

/** Folders that hold recordings, and what has to go from them. Times are microseconds since the Unix epoch, UTC. */

/** A folder that holds recordings. New ones go into the current one; the others are read and expire. */
export interface StorageFolderRow {
  readonly id: string;
  /** Absolute; null for the recordings folder inside the data folder. */
  readonly path: string | null;
  readonly isCurrent: boolean;
  readonly createdUs: number;
  readonly segments: number;
  readonly bytes: number;
  /** Ends of the oldest and the newest segment; null when there is none. */
  readonly oldestUs: number | null;
  readonly newestUs: number | null;
}

/** Segments of one folder that ended at `untilUs` or before. */
export interface ExpiryLimit {
  readonly folderId: string;
  readonly untilUs: number;
}

export interface ExpirySummary {
  readonly segments: number;
  readonly bytes: number;
  /** Ends of the first and the last segment; null when there is none. */
  readonly fromUs: number | null;
  readonly toUs: number | null;
}

export interface StorageReads {
  /** Oldest first over all cameras, for retention. */
  oldestSegments(options: {
    cameraId?: string;
    /** Only without `cameraId`. */
    folderId?: string;
    endBeforeUs?: number;
    /** Leaves out what is locked at this moment. Only with `folderId`. */
    unlockedAtUs?: number;
    limit: number;
  }): Promise<SegmentRow[]>;
  /** In the order in which they were added. */
  listStorageFolders(): Promise<StorageFolderRow[]>;
  /** End of the last unlocked segment to go, oldest first, so that these bytes are gone; null when none has to. */
  expiryCutoff(folderIds: readonly string[], atLeastBytes: number, nowUs: number): Promise<number | null>;
  expirySummary(limits: readonly ExpiryLimit[], nowUs: number): Promise<ExpirySummary>;
}

export interface StorageWrites {
  /** @throws VasError conflict when the path is known */
  addStorageFolder(id: string, path: string, nowUs: number): Promise<void>;
  /** New recordings go there from now on. @throws VasError not_found */
  setCurrentStorageFolder(id: string): Promise<void>;
  /** @throws VasError conflict while it is the current one, the default one or holds recordings */
  removeStorageFolder(id: string): Promise<void>;
}
