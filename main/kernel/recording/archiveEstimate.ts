/** Less footage than this of the last day says nothing about a camera's rate, seconds. */
export const LEAST_SECONDS = 600;
const DAY_SECONDS = 86_400;

/** What is known of one camera. */
export interface CameraLoad {
  readonly cameraId: string;
  /** Recorded within the last day. */
  readonly bytes: number;
  /** Footage of the last day, seconds. */
  readonly seconds: number;
  /** Switch and start are on: it is recorded whenever its schedule allows. */
  readonly isRecorded: boolean;
  /** Share of the week that its schedule allows, 0 to 1. */
  readonly share: number;
}

/** How much footage there is room for, bytes; null where a rule sets no limit or it is not known. */
export interface ArchiveRoom {
  /** What recordings take now in the folder that is written, and what is free there above the floor. */
  readonly space: number | null;
  /** All recordings together (retention). */
  readonly maxBytes: number | null;
  /** Age at which footage goes, days (retention). */
  readonly maxDays: number | null;
}

export interface ArchiveEstimate {
  /** Bytes a day at the present rate by camera; null: not known yet, 0: not recorded. */
  readonly bytesPerDay: ReadonlyMap<string, number | null>;
  /** Of all cameras whose rate is known. */
  readonly totalPerDay: number;
  /** Recorded cameras whose rate is not known yet: the archive will hold less than `days`. */
  readonly unmeasured: number;
  /** Days of footage that there will be once old footage has to go; null: not known or without limit. */
  readonly days: number | null;
  /** What ends it. */
  readonly limit: 'space' | 'size' | 'age' | null;
}

/**
 * Days of archive at the present rate. A camera's rate is what its footage of the last day took in each second
 * of it, for as long as its schedule records it, so that outages and a late start do not make the archive look
 * deeper. All cameras share the room: the oldest footage goes first, whichever camera it is of (W-29).
 */
export function estimateArchive(cameras: readonly CameraLoad[], room: ArchiveRoom): ArchiveEstimate {
  const bytesPerDay = new Map(cameras.map((camera) => [camera.cameraId, rateOf(camera)]));
  const rates = [...bytesPerDay.values()];
  const totalPerDay = rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  const unmeasured = rates.filter((rate) => rate === null).length;
  const last = (bytes: number | null) =>
    bytes === null || totalPerDay === 0 ? Infinity : Math.max(0, bytes) / totalPerDay;
  const limits = [
    { limit: 'space', days: last(room.space) },
    { limit: 'size', days: last(room.maxBytes) },
    { limit: 'age', days: room.maxDays ?? Infinity },
  ] as const;
  const first = limits.reduce((least, each) => (each.days < least.days ? each : least));
  // Nothing is recorded, or how much room there is cannot be told: a number would be made up.
  const isKnown = totalPerDay > 0 && room.space !== null && Number.isFinite(first.days);
  return {
    bytesPerDay,
    totalPerDay,
    unmeasured,
    days: isKnown ? first.days : null,
    limit: isKnown ? first.limit : null,
  };
}

function rateOf({ bytes, seconds, isRecorded, share }: CameraLoad): number | null {
  if (!isRecorded || share === 0) return 0;
  return seconds < LEAST_SECONDS ? null : (bytes * DAY_SECONDS * share) / seconds;
}
