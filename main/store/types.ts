import type { WriteCall } from './protocol';

/** Rows and methods of the store. All times are integer microseconds since the Unix epoch, UTC. */

export interface DeviceRow {
  /** Lower-case UUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly location: string | null;
  /** Without credentials. */
  readonly rtspUrl: string;
  readonly subRtspUrl: string | null;
  readonly username: string | null;
  readonly hasPassword: boolean;
  readonly transport: 'tcp' | 'udp';
  /** The operator wants it to run. */
  readonly isActive: boolean;
  readonly recording: boolean;
  /** JSON of the last probe (StreamInfo) of each stream, null before the first. */
  readonly mainInfo: string | null;
  readonly subInfo: string | null;
  /** Names of the groups it belongs to, in alphabetical order. */
  readonly groups: readonly string[];
  /** When it is recorded, as in `recording_schedules`; null: always. */
  readonly schedule: string | null;
  readonly createdUs: number;
  readonly updatedUs: number;
}

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

/** The last time that a camera's main stream could not be had. */
export interface CameraFaultRow {
  readonly cameraId: string;
  /** A code of the contract. */
  readonly code: string;
  readonly sinceUs: number;
  /** Null while it lasts. */
  readonly untilUs: number | null;
}

export interface GroupRow {
  /** Lower-case UUID. */
  readonly id: string;
  readonly name: string;
  /** Cameras that are not deleted, in order of their creation. */
  readonly cameraIds: readonly string[];
}

export interface NewDevice {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly rtspUrl: string;
  readonly subRtspUrl: string | null;
  readonly username: string | null;
  /** Sealed by the vault, never plain. */
  readonly sealedPassword: Uint8Array | null;
  readonly transport: 'tcp' | 'udp';
  readonly isActive: boolean;
  readonly recording: boolean;
  /** Names; the ones that do not exist yet are made. Default none. */
  readonly groups?: readonly string[];
  /** Null or absent: always. */
  readonly schedule?: string | null;
  /** Takes over the sealed password of this camera where `sealedPassword` is null. */
  readonly copyPasswordFrom?: string;
  readonly nowUs: number;
}

/** Only the fields present are changed. `sealedPassword: null` forgets the password. */
export type DevicePatch = Partial<Omit<NewDevice, 'id' | 'nowUs' | 'copyPasswordFrom'>> & {
  readonly nowUs: number;
};

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

/** A time of which a camera has no footage. */
export interface GapRow {
  readonly cameraId: string;
  readonly startUs: number;
  /** Null while it lasts. */
  readonly endUs: number | null;
  /** A word of the contract (`gapReason`). */
  readonly reason: string;
}

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

/** Place of a tile in steps of the wall's fine grid. */
export interface LayoutPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface LayoutTileRow {
  /** Null in an empty tile and where the camera was deleted. */
  readonly deviceId: string | null;
  /** Null unless the layout is a free arrangement. */
  readonly place: LayoutPlace | null;
}

export interface LayoutRow {
  readonly id: string;
  readonly name: string;
  readonly kind: '1' | '2x2' | '3x3' | '4x4' | '1+5' | '1+7' | 'free';
  readonly tiles: readonly LayoutTileRow[];
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type NewLayout = Pick<LayoutRow, 'id' | 'name' | 'kind' | 'tiles'> & { readonly nowUs: number };

/** Only the fields present are changed. */
export interface LayoutPatch {
  readonly name?: string;
  readonly content?: Pick<LayoutRow, 'kind' | 'tiles'>;
  readonly nowUs: number;
}

/** A state that must not be missed, and what became of it. */
export interface AlertRow {
  readonly id: string;
  readonly kind: string;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  /** Tells several of a kind apart. */
  readonly subject: string | null;
  /** JSON object. */
  readonly detail: string;
  readonly raisedUs: number;
  /** Null while it lasts. */
  readonly clearedUs: number | null;
  readonly acknowledgedUs: number | null;
  /** User id, and the user's name. */
  readonly acknowledgedBy: string | null;
  readonly acknowledgedByName: string | null;
}

/** What was measured in one minute. */
export interface HealthMinute {
  /** Begin of the minute, seconds since the epoch. */
  readonly atS: number;
  readonly names: readonly string[];
  /** One for each name; not-a-number where nothing was measured. */
  readonly values: Float32Array;
}

/** Segments of one step of a time line. */
export interface CoverageRow {
  /** Start of the first and end of the last one. */
  readonly startUs: number;
  readonly endUs: number;
  /** What they hold together; less than from start to end where there are gaps. */
  readonly coveredUs: number;
}

/** Which alerts are wanted, newest first; what is absent does not matter. */
export interface AlertFilter {
  readonly kinds?: readonly string[];
  readonly deviceId?: string;
  /** Raised in [fromUs, toUs). */
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly unacknowledged?: boolean;
  /** Only what comes after this one in the list. */
  readonly before?: { readonly raisedUs: number; readonly id: string };
  readonly limit: number;
}

/** The key that signs evidence packages. */
export interface EvidenceKeyRow {
  /** Ed25519, raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** PKCS #8, sealed by the vault. */
  readonly sealedKey: Uint8Array;
  readonly protection: 'strong' | 'obfuscation';
  readonly createdUs: number;
}

export type UserRole = 'administrator' | 'operator' | 'viewer';

/** What a user may do with one camera. */
export interface CameraAccessRow {
  /** Of the camera. */
  readonly id: string;
  readonly live: boolean;
  readonly playback: boolean;
  readonly export: boolean;
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

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  /** all: every camera, as the role allows; chosen: those of `cameras`. */
  readonly access: 'all' | 'chosen';
  readonly cameras: readonly CameraAccessRow[];
  readonly isDisabled: boolean;
  /** Without one nobody can sign in as this user. */
  readonly hasPassword: boolean;
  /** Wrong passwords since the last right one, and when the last of them was given. */
  readonly failedCount: number;
  readonly failedUs: number | null;
  readonly signedInUs: number | null;
  readonly createdUs: number;
  readonly deletedUs: number | null;
}

export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  /** Argon2id in its usual encoding. */
  readonly password: string | null;
  readonly access: 'all' | 'chosen';
  readonly cameras: readonly CameraAccessRow[];
  readonly nowUs: number;
}

/** Only the fields present are changed. */
export interface UserPatch {
  readonly name?: string;
  readonly role?: UserRole;
  readonly access?: 'all' | 'chosen';
  readonly cameras?: readonly CameraAccessRow[];
  readonly isDisabled?: boolean;
}

/** One entry of the audit log. `cameras` and `detail` as they are kept: JSON. */
export interface AuditRow {
  readonly seq: number;
  readonly timeUs: number;
  readonly userId: string | null;
  readonly userName: string;
  readonly action: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly cameras: string;
  readonly detail: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly previous: string;
  readonly hash: string;
}

export type NewAuditEntry = Omit<AuditRow, 'seq' | 'cameras' | 'detail' | 'previous' | 'hash'> & {
  readonly cameras: readonly string[];
  /** Values that JSON has. */
  readonly detail: Readonly<Record<string, unknown>>;
};

export interface AuditFilter {
  readonly userId?: string;
  readonly actions?: readonly string[];
  readonly outcomes?: readonly string[];
  readonly cameraId?: string;
  /** In [fromUs, toUs). */
  readonly fromUs?: number;
  readonly toUs?: number;
  /** Anywhere in name, action, object or detail. */
  readonly text?: string;
  readonly beforeSeq?: number;
  readonly afterSeq?: number;
  /** Oldest first. */
  readonly ascending?: boolean;
  readonly limit: number;
}

/** How far the audit log was verified. */
export interface AuditVerification {
  /** The last entry that is right. */
  readonly checked: { readonly seq: number; readonly hash: string };
  /** The first difference. */
  readonly broken: { readonly seq: number; readonly kind: 'missing' | 'changed' | 'link' } | null;
  /** False: ask again with `checked`. */
  readonly isDone: boolean;
}

export interface RecordedDay {
  /** YYYY-MM-DD in the given time zone offset. */
  readonly day: string;
  readonly segments: number;
  readonly bytes: number;
}

/** A model that was found at some start, whether its container runs or not. */
export interface ModelRow {
  readonly modelId: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  /** JSON list of texts. */
  readonly supportedTasks: string;
  /** JSON Schema of an assignment's parameters; null when it takes none. */
  readonly configSchema: string | null;
  readonly enabled: boolean;
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type FoundModel = Omit<ModelRow, 'enabled' | 'createdUs' | 'updatedUs'> & { readonly nowUs: number };

export interface AssignmentRow {
  readonly id: string;
  readonly cameraId: string;
  readonly modelId: string;
  readonly enabled: boolean;
  readonly desiredFps: number | null;
  readonly priority: number | null;
  /** JSON object; null: none. */
  readonly parameters: string | null;
  /** JSON object. */
  readonly rules: string;
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type NewAssignment = Omit<AssignmentRow, 'createdUs' | 'updatedUs'> & { readonly nowUs: number };

/** Only the fields present are changed. */
export type AssignmentPatch = Partial<
  Pick<AssignmentRow, 'enabled' | 'desiredFps' | 'priority' | 'parameters' | 'rules'>
> & { readonly nowUs: number };

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

/** Answered by read-only connections. */
export interface StoreReads {
  listDevices(options?: { offset?: number; limit?: number }): Promise<{ rows: DeviceRow[]; total: number }>;
  getDevice(id: string): Promise<DeviceRow | null>;
  /** Of all cameras there ever were, deleted ones too: none of these ids can be given again. */
  usedDeviceIds(): Promise<string[]>;
  /** The vault's sealed bytes; only the cameras service asks for them. */
  getSealedPassword(deviceId: string): Promise<Uint8Array | null>;
  /** Recorded time of a camera, gathered in steps of `stepUs` by the start of its segments; in order. */
  coverage(cameraId: string, fromUs: number, toUs: number, stepUs: number): Promise<CoverageRow[]>;
  /** The last segment that starts before this; null when there is none. */
  segmentBefore(cameraId: string, us: number): Promise<SegmentRow | null>;
  /** Bookmarks of a camera that overlap [fromUs, toUs), by moment. */
  bookmarksBetween(cameraId: string, fromUs: number, toUs: number, limit: number): Promise<BookmarkRow[]>;
  /** Of live cameras that have recordings; the day's values count segments that began at or after `sinceUs`. */
  archiveUsage(sinceUs: number): Promise<ArchiveUsageRow[]>;
  lastFault(cameraId: string): Promise<CameraFaultRow | null>;
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
  /** In alphabetical order. */
  listGroups(): Promise<GroupRow[]>;
  /** Of the library that keeps the database. */
  sqliteVersion(): Promise<string>;
  /** The first user there ever was: the local operator. */
  localUser(): Promise<UserRow>;
  /** Those that are not deleted, by name. */
  listUsers(): Promise<UserRow[]>;
  /** Deleted ones, too. */
  getUser(id: string): Promise<UserRow | null>;
  /** By name, whatever its case; not deleted ones. */
  findUser(name: string): Promise<UserRow | null>;
  /** Argon2id; only the password keeper asks for it. */
  getPasswordHash(userId: string): Promise<string | null>;
  /** Newest first unless `ascending`. */
  listAudit(filter: AuditFilter): Promise<AuditRow[]>;
  /** One step of the verification; goes on after `after`, null: from the beginning. */
  verifyAudit(after: { seq: number; hash: string } | null): Promise<AuditVerification>;
  /** The last entry. */
  auditHead(): Promise<{ seq: number; hash: string }>;
  /** The newest; null before the first. */
  evidenceKey(): Promise<EvidenceKeyRow | null>;
  /** What a filter can choose from. */
  auditNames(): Promise<{ users: { id: string; name: string }[]; actions: string[] }>;
  getSetting(key: string): Promise<string | null>;
  listSettings(): Promise<Record<string, string>>;
  /** Segments overlapping [fromUs, toUs), by start. */
  findSegments(cameraId: string, fromUs: number, toUs: number, limit?: number): Promise<SegmentRow[]>;
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
  recordedBytes(cameraId?: string): Promise<number>;
  recordedDays(cameraId: string, utcOffsetMinutes: number): Promise<RecordedDay[]>;
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
  /** In the order in which they were added. */
  listStorageFolders(): Promise<StorageFolderRow[]>;
  /** End of the last unlocked segment to go, oldest first, so that these bytes are gone; null when none has to. */
  expiryCutoff(folderIds: readonly string[], atLeastBytes: number, nowUs: number): Promise<number | null>;
  expirySummary(limits: readonly ExpiryLimit[], nowUs: number): Promise<ExpirySummary>;
  /** Newest first. */
  listFootageLocks(filter: FootageLockFilter): Promise<{ rows: FootageLockRow[]; total: number }>;
  getFootageLock(id: string): Promise<FootageLockRow | null>;
  /** Of recordings that are locked at this moment. */
  lockedBytes(nowUs: number): Promise<number>;
  /** Largest end of a camera's segments, so that recordings never overlap; null when it has none. */
  lastSegmentEnd(cameraId: string): Promise<number | null>;
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
  /** Alerts that last or that nobody has acknowledged, newest first. */
  pendingAlerts(limit: number): Promise<AlertRow[]>;
  listAlerts(filter: AlertFilter): Promise<AlertRow[]>;
  /** In the operator's order. */
  listLayouts(): Promise<LayoutRow[]>;
  /** The newest first. */
  listModels(): Promise<ModelRow[]>;
  getModel(modelId: string): Promise<ModelRow | null>;
  /** The newest first; never those of deleted cameras. */
  listAssignments(options: {
    cameraId?: string;
    modelId?: string;
    enabled?: boolean;
    offset: number;
    limit: number;
  }): Promise<{ rows: AssignmentRow[]; total: number }>;
  getAssignment(id: string): Promise<AssignmentRow | null>;
  /** All that shall run: enabled, of a camera that exists and a model that is enabled. */
  wantedAssignments(): Promise<AssignmentRow[]>;
  /** Minutes that began in [fromS, toS), oldest first; seconds since the epoch. */
  healthMinutes(fromS: number, toS: number): Promise<HealthMinute[]>;
}

/** Answered by the one writing connection, in the order of the calls. */
export interface StoreWrites {
  /** In one transaction; what is known of a minute already is kept. Unknown cameras are left out. */
  addMotion(rows: readonly MotionMinuteRow[]): Promise<void>;
  /** Forgets motion from before a camera's oldest footage, at the earliest after a day. @returns minutes */
  expireMotion(nowUs: number): Promise<number>;
  /** @throws VasError conflict when another live device has the same main URL */
  createDevice(device: NewDevice): Promise<DeviceRow>;
  /** @throws VasError not_found, conflict */
  updateDevice(id: string, patch: DevicePatch): Promise<DeviceRow>;
  /** Tombstone: history stays, the name in it too; the sealed password is erased. @throws VasError not_found */
  deleteDevice(id: string, nowUs: number): Promise<void>;
  /** Replaces the one before. A camera that does not exist is left out. */
  noteFault(fault: CameraFaultRow): Promise<void>;
  /** The fault that lasts has ended; without one nothing happens. */
  endFault(cameraId: string, untilUs: number): Promise<void>;
  /** Cameras that do not exist are left out. @throws VasError conflict when there is a group of this name */
  createGroup(name: string, cameraIds: readonly string[], nowUs: number): Promise<GroupRow>;
  /** @throws VasError not_found, conflict */
  renameGroup(id: string, name: string, nowUs: number): Promise<GroupRow>;
  /** Its cameras stay. @throws VasError not_found */
  deleteGroup(id: string): Promise<void>;
  /** Cameras that do not exist are left out. @throws VasError not_found */
  changeGroupMembers(
    id: string,
    how: 'set' | 'add' | 'remove',
    cameraIds: readonly string[],
  ): Promise<GroupRow>;
  setDeviceInfo(id: string, role: 'main' | 'sub', infoJson: string): Promise<void>;
  setSetting(key: string, value: string, nowUs: number): Promise<void>;
  /** All of them or none. */
  setSettings(values: Readonly<Record<string, string>>, nowUs: number): Promise<void>;
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
  /** Forgets the gap that lasts and those that begin at `fromUs` or later, and adds these. */
  replaceGaps(cameraId: string, fromUs: number, gaps: readonly GapRow[]): Promise<void>;
  /** @throws VasError not_found for an unknown camera or user */
  addFootageLock(lock: NewFootageLock): Promise<FootageLockRow>;
  /** @throws VasError not_found, conflict when it holds no longer at `nowUs` */
  extendFootageLock(id: string, untilUs: number | null, nowUs: number): Promise<FootageLockRow>;
  /** @throws VasError not_found, conflict when it holds no longer at `nowUs` */
  releaseFootageLock(id: string, userId: string, nowUs: number): Promise<FootageLockRow>;
  /** Forgets gaps from before each camera's oldest segment. @returns how many */
  forgetOldGaps(): Promise<number>;
  /** @throws VasError conflict when the path is known */
  addStorageFolder(id: string, path: string, nowUs: number): Promise<void>;
  /** New recordings go there from now on. @throws VasError not_found */
  setCurrentStorageFolder(id: string): Promise<void>;
  /** @throws VasError conflict while it is the current one, the default one or holds recordings */
  removeStorageFolder(id: string): Promise<void>;
  insertSnapshot(row: Omit<SnapshotRow, 'deviceName'>): Promise<SnapshotRow>;
  deleteSnapshot(id: string): Promise<void>;
  insertBookmark(row: Omit<BookmarkRow, 'deviceName'>): Promise<BookmarkRow>;
  /** @throws VasError not_found */
  updateBookmarkLabel(id: string, label: string | null, nowUs: number): Promise<BookmarkRow>;
  /** @throws VasError not_found */
  updateCapture(kind: CaptureKind, id: string, patch: CapturePatch): Promise<CaptureRow>;
  /** @throws VasError conflict while a lock holds it */
  deleteBookmark(id: string): Promise<void>;
  /** Adds an alert, or brings a known one up to date: detail, end and acknowledgement. */
  saveAlert(row: Omit<AlertRow, 'deviceName' | 'acknowledgedByName'>): Promise<void>;
  /** Those that nobody has acknowledged yet. @returns how many they were */
  acknowledgeAlerts(ids: readonly string[], userId: string, nowUs: number): Promise<number>;
  /** Alerts raised before this that are over. @returns how many went */
  deleteAlertsBefore(us: number): Promise<number>;
  /** Behind the others. @throws VasError conflict when the name is taken, not_found for an unknown camera */
  createLayout(layout: NewLayout): Promise<LayoutRow>;
  /** @throws VasError not_found, conflict when the name is taken */
  updateLayout(id: string, patch: LayoutPatch): Promise<LayoutRow>;
  /** @throws VasError not_found */
  deleteLayout(id: string): Promise<void>;
  /** `ids`: all of them. @throws VasError conflict when others exist by now */
  reorderLayouts(ids: readonly string[]): Promise<void>;
  /** Adds a model or renews what is known of it; whether it is enabled stays as the operator left it. */
  putModel(model: FoundModel): Promise<void>;
  /** @throws VasError not_found */
  setModelEnabled(modelId: string, enabled: boolean, nowUs: number): Promise<ModelRow>;
  /** @throws VasError bad_request for an unknown camera, conflict when the pair exists */
  createAssignment(row: NewAssignment): Promise<AssignmentRow>;
  /** @throws VasError not_found */
  updateAssignment(id: string, patch: AssignmentPatch): Promise<AssignmentRow>;
  /** @throws VasError not_found */
  deleteAssignment(id: string): Promise<void>;
  /** @throws VasError conflict when there is a user of this name */
  createUser(user: NewUser): Promise<void>;
  /** @throws VasError not_found, conflict (name taken, or no administrator would be left) */
  updateUser(id: string, patch: UserPatch): Promise<void>;
  /** `hash`: Argon2id. @throws VasError not_found */
  setPassword(id: string, hash: string): Promise<void>;
  noteSignIn(id: string, nowUs: number): Promise<void>;
  noteFailedSignIn(id: string, nowUs: number): Promise<void>;
  /** Tombstone. @throws VasError not_found, conflict when no administrator would be left */
  deleteUser(id: string, nowUs: number): Promise<void>;
  /** The first user is an administrator again who has no password, and the question of the first start is open. */
  resetAdministrator(): Promise<void>;
  /** It signs from now on. */
  addEvidenceKey(row: EvidenceKeyRow): Promise<void>;
  /** Adds entries to the audit log, each following the one before. */
  appendAudit(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Keeps a minute and lets go of those that began before `keepFromS`, seconds since the epoch. */
  saveHealthMinute(minute: HealthMinute, keepFromS: number): Promise<void>;
}

/** How the threads of a store are doing, since it was opened. */
export interface StoreFigures {
  /** Calls that wait for a thread. */
  readonly queue: number;
  readonly calls: number;
  readonly failures: number;
  /** Reads that were given up at their deadline. */
  readonly timeouts: number;
  /** Of the newest calls, from asking to answer, milliseconds; null before the first. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

export interface Store {
  readonly read: StoreReads;
  readonly write: StoreWrites;
  /** Several writes in one transaction: all happen or none. @throws VasError of the first that fails */
  transact(calls: readonly WriteCall[]): Promise<void>;
  figures(): { readonly writer: StoreFigures; readonly readers: StoreFigures };
  /** Schema version of the open database. */
  readonly schemaVersion: number;
  /** Finishes what was asked, checkpoints, ends the workers. */
  dispose(): Promise<void>;
}
