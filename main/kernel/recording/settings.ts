/** When recorded footage is given up. Oldest first over all cameras. */
export interface RetentionSettings {
  /** Footage older than this goes; null keeps it until space is needed. 1 or more. */
  readonly maxDays: number | null;
  /** All recordings together, bytes; null leaves it to the free space. */
  readonly maxBytes: number | null;
  /** Always free on the file system, bytes; null for the default of `defaultFloor`. */
  readonly floorBytes: number | null;
}

export interface RecordingSettings {
  /** Segments are cut at multiples of this of the wall clock, seconds. */
  readonly segmentSeconds: number;
  /** Longest fragment, seconds: what a crash may cost. */
  readonly fragmentSeconds: number;
  /** How long footage is kept while recording is off, seconds after its end. */
  readonly bufferSeconds: number;
  readonly retention: RetentionSettings;
}

export const DEFAULT_RECORDING_SETTINGS: RecordingSettings = {
  segmentSeconds: 60,
  fragmentSeconds: 0.5,
  bufferSeconds: 60,
  retention: { maxDays: null, maxBytes: null, floorBytes: null },
};

export const DAY_US = 86_400_000_000;
/** Days and bytes remove at most this share of all recorded bytes in one sweep unless somebody confirms more. */
export const GUARD_SHARE = 0.5;

const GIB = 1024 ** 3;

/** Bytes that stay free by default: 5 % of the file system, at least 2 GiB, at most 50 GiB. */
export function defaultFloor(totalBytes: number): number {
  return Math.min(50 * GIB, Math.max(2 * GIB, Math.floor(totalBytes * 0.05)));
}

/** Room for this much more recording stays free at least, seconds... */
const FLOOR_SECONDS = 600;
/** ...but never more than this share of the file system. */
const RATE_FLOOR_SHARE = 0.25;

/** Bytes that stay free: what is set or the default, and always room for ten minutes of recording. */
export function floorBytes(
  { floorBytes: set }: Pick<RetentionSettings, 'floorBytes'>,
  totalBytes: number,
  bytesPerSecond: number,
): number {
  const forWriting = Math.min(Math.ceil(bytesPerSecond * FLOOR_SECONDS), totalBytes * RATE_FLOOR_SHARE);
  return Math.max(set ?? defaultFloor(totalBytes), Math.floor(forWriting));
}
