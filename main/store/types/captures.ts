/** Snapshots, bookmarks, and the gallery that shows both. Times are microseconds since the Unix epoch, UTC. */

export interface SnapshotRow {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  /** File name inside the snapshots folder. */
  readonly file: string;
  /** The moment shown. */
  readonly timestampUs: number;
  readonly source: 'live' | 'historical';
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly userId: string;
  readonly createdUs: number;
}

export interface BookmarkRow {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly centerUs: number;
  /** What the clip really holds. */
  readonly startUs: number;
  readonly endUs: number;
  readonly videoFile: string;
  readonly thumbnailFile: string | null;
  readonly label: string | null;
  readonly source: 'live' | 'historical';
  /** Seconds. */
  readonly duration: number;
  readonly bytes: number;
  readonly userId: string;
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type CaptureKind = 'snapshot' | 'bookmark';

/** A snapshot or a bookmark, as the gallery shows both. */
export interface CaptureRow {
  readonly id: string;
  readonly kind: CaptureKind;
  readonly deviceId: string;
  readonly deviceName: string;
  /** The moment shown; of a bookmark the one that was asked for. */
  readonly atUs: number;
  /** Of a bookmark. */
  readonly startUs: number | null;
  readonly endUs: number | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly label: string | null;
  readonly notes: string | null;
  readonly tags: readonly string[];
  readonly source: 'live' | 'historical';
  readonly bytes: number;
  /** Pixels, of a snapshot. */
  readonly width: number | null;
  readonly height: number | null;
  readonly hasThumbnail: boolean;
  readonly userName: string;
  readonly createdUs: number;
  readonly updatedUs: number;
}

/** Which captures are wanted, the newest moment first; what is absent does not matter. */
export interface CaptureFilter {
  readonly kind?: CaptureKind;
  readonly deviceIds?: readonly string[];
  /** The moment, both inclusive. */
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly hasLabel?: boolean;
  /** One of them at least. */
  readonly tags?: readonly string[];
  /** Part of label or notes. */
  readonly text?: string;
  /** Only what comes after this one in the list. */
  readonly before?: { readonly atUs: number; readonly id: string };
}

/** Only the fields present are changed. */
export interface CapturePatch {
  readonly label?: string | null;
  readonly notes?: string | null;
  readonly tags?: readonly string[];
  readonly nowUs: number;
}

export interface CaptureReads {
  /** Bookmarks of a camera that overlap [fromUs, toUs), by moment. */
  bookmarksBetween(cameraId: string, fromUs: number, toUs: number, limit: number): Promise<BookmarkRow[]>;
  listSnapshots(options: {
    deviceId?: string;
    offset: number;
    limit: number;
  }): Promise<{ rows: SnapshotRow[]; total: number }>;
  getSnapshot(id: string): Promise<SnapshotRow | null>;
  listBookmarks(options: {
    deviceId?: string;
    offset: number;
    limit: number;
  }): Promise<{ rows: BookmarkRow[]; total: number }>;
  getBookmark(id: string): Promise<BookmarkRow | null>;
  listCaptures(filter: CaptureFilter, limit: number): Promise<CaptureRow[]>;
  countCaptures(filter: CaptureFilter): Promise<number>;
  getCapture(kind: CaptureKind, id: string): Promise<CaptureRow | null>;
  /** Every tag that is in use on captures of these cameras (null: of all), and on how many. */
  captureTags(deviceIds: readonly string[] | null): Promise<{ tag: string; count: number }[]>;
}

export interface CaptureWrites {
  insertSnapshot(row: Omit<SnapshotRow, 'deviceName'>): Promise<SnapshotRow>;
  deleteSnapshot(id: string): Promise<void>;
  insertBookmark(row: Omit<BookmarkRow, 'deviceName'>): Promise<BookmarkRow>;
  /** @throws VasError not_found */
  updateBookmarkLabel(id: string, label: string | null, nowUs: number): Promise<BookmarkRow>;
  /** @throws VasError not_found */
  updateCapture(kind: CaptureKind, id: string, patch: CapturePatch): Promise<CaptureRow>;
  /** @throws VasError conflict while a lock holds it */
  deleteBookmark(id: string): Promise<void>;
}
