import type { StoreFigures } from '../types';

/** Rows and methods of the event store. Times are integer microseconds since the Unix epoch, UTC. */

interface EventFields {
  /** UUID, version 7, so that ids ascend with time. */
  readonly id: string;
  readonly cameraId: string;
  readonly modelId: string;
  readonly timestampUs: number;
  readonly frameId: number | null;
  /** Of the core's tracker; null when the event is not about one object. */
  readonly trackId: number | null;
  /** JSON object, kept verbatim. */
  readonly detections: string;
  /** 0 to 1. */
  readonly confidence: number | null;
  /** JSON object. */
  readonly metadata: string;
  readonly createdUs: number;
}

export interface NewEvent extends EventFields {
  /** Names that the event can be found by. */
  readonly labels: readonly string[];
  readonly zones: readonly string[];
}

export interface EventRow extends EventFields {
  readonly seq: number;
  /** Media that its trigger made; null when there is none. */
  readonly snapshotId: string | null;
  readonly clipId: string | null;
  /** When the asking user had reviewed it; null when not. */
  readonly reviewedUs: number | null;
}

/** Where a page ended: the next one begins behind it. */
export interface EventCursor {
  readonly timestampUs: number;
  readonly seq: number;
}

/** Every condition that is given must hold; a list means any of it. */
export interface EventFilter {
  readonly cameraIds?: readonly string[];
  readonly modelIds?: readonly string[];
  readonly labels?: readonly string[];
  readonly zones?: readonly string[];
  /** Both ends belong to it. */
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly minConfidence?: number;
  readonly reviewed?: boolean;
  /** Whose reviews count; without it nothing is reviewed. */
  readonly userId?: string;
}

export interface EventPage {
  readonly rows: readonly EventRow[];
  /** Null when nothing is left. */
  readonly next: EventCursor | null;
  /** The search stopped here before the page was full, microseconds; go on from `next`. Null: it did not. */
  readonly scannedToUs: number | null;
}

/** Which events were let go, and by whom. */
export interface Expiry {
  readonly userId: string;
  readonly beforeUs: number;
  readonly atUs: number;
  readonly removed: number;
}

export interface ExpiredBatch {
  readonly removed: number;
  /** Media that no event shows any more. */
  readonly snapshotIds: readonly string[];
  readonly clipIds: readonly string[];
}

/** Answered by read-only connections. */
export interface EventPageRequest {
  readonly limit: number;
  readonly after?: EventCursor;
  readonly offset?: number;
}

export interface EventReads {
  /** The newest first. `offset` skips that many, for the mirrored API; prefer the cursor. */
  listEvents(filter: EventFilter, page: EventPageRequest): Promise<EventPage>;
  /** How many match, up to `most`; more are not counted. */
  countEvents(filter: EventFilter, most: number): Promise<{ count: number; isExact: boolean }>;
  getEvent(id: string, userId?: string): Promise<EventRow | null>;
  /** Names that events can be found by; of these cameras, or of all. */
  eventNames(
    cameraIds?: readonly string[],
  ): Promise<{ labels: string[]; zones: string[]; cameraIds: string[]; modelIds: string[] }>;
  /** Whether each span has an event that matches; spans are `[fromUs, toUs)`, ascending. */
  spansWithEvents(filter: EventFilter, spans: readonly (readonly [number, number])[]): Promise<boolean[]>;
  /** Counts events older than this, at most `most` behind `after`; go on from `next`, null at the end. */
  countOlder(
    beforeUs: number,
    most: number,
    after?: EventCursor,
  ): Promise<{ count: number; next: EventCursor | null }>;
  /** Null: none ever. */
  lastExpiry(): Promise<Expiry | null>;
  eventStats(): Promise<{ events: number; oldestUs: number | null; newestUs: number | null; bytes: number }>;
}

/** Answered by the one writing connection, in the order of the calls. */
export interface EventWrites {
  /** All or none, in one transaction. @returns their sequence numbers */
  insertEvents(events: readonly NewEvent[]): Promise<number[]>;
  /** True for the first caller only, for ever: an event triggers once (INV-78). */
  claimTrigger(id: string, nowUs: number): Promise<boolean>;
  linkMedia(id: string, media: { snapshotId?: string; clipId?: string }): Promise<void>;
  setReviewed(ids: readonly string[], userId: string, reviewed: boolean, nowUs: number): Promise<number>;
  /** Writes something that changes nothing. @throws VasError as long as nothing can be written */
  probe(): Promise<void>;
  /** Notes who lets events older than this go. @returns the number of the expiry, for `expireEvents` */
  beginExpiry(beforeUs: number, userId: string, nowUs: number): Promise<number>;
  /** The only way an event is ever deleted: the oldest of an expiry, at most `most`, in one transaction. */
  expireEvents(expiry: number, most: number): Promise<ExpiredBatch>;
}

/** A database of its own, so that events can neither hold up nor damage the index of recordings. */
export interface EventStore {
  readonly read: EventReads;
  readonly write: EventWrites;
  figures(): { readonly writer: StoreFigures; readonly readers: StoreFigures };
  /** Answers what was asked, then closes. */
  dispose(): Promise<void>;
  /** Ends at once and leaves the files as they are. */
  abandon(): Promise<void>;
}
