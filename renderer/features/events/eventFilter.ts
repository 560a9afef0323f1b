import type { AiEventFilter, CameraGroup } from '../../../contract';

export const TIME_PRESETS = ['any', 'hour', 'today', 'yesterday', 'week'] as const;
export type TimePreset = (typeof TIME_PRESETS)[number];

/** From and to: milliseconds since the epoch; both belong to it. */
export type TimeChoice = TimePreset | { readonly from: number; readonly to: number };

export const REVIEWED_CHOICES = ['any', 'no', 'yes'] as const;
export type ReviewedChoice = (typeof REVIEWED_CHOICES)[number];

/** Least confidence that can be chosen, percent; 0: any. */
export const CONFIDENCES = [0, 30, 40, 50, 60, 70, 80, 90] as const;

export interface EventsFilter {
  readonly cameras: readonly string[];
  /** Ids of groups. */
  readonly groups: readonly string[];
  readonly models: readonly string[];
  readonly labels: readonly string[];
  readonly zones: readonly string[];
  /** Percent. */
  readonly confidence: number;
  readonly time: TimeChoice;
  readonly reviewed: ReviewedChoice;
}

export const NO_EVENT_FILTER: EventsFilter = {
  cameras: [],
  groups: [],
  models: [],
  labels: [],
  zones: [],
  confidence: 0,
  time: 'any',
  reviewed: 'any',
};

/** No camera has it: a group without cameras finds nothing, instead of everything. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** The contract's limit for one question. */
const MOST_CAMERAS = 64;

export function isFiltered(filter: EventsFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(NO_EVENT_FILTER);
}

/**
 * The filter as the main process understands it.
 * @param now moment at which the filter was chosen, milliseconds since the epoch; "last hour" is before it
 */
export function toRequest(filter: EventsFilter, groups: readonly CameraGroup[], now: number): AiEventFilter {
  const cameraIds = camerasOf(filter, groups);
  const span = spanOf(filter.time, now);
  return {
    ...(cameraIds === null ? {} : { camera_ids: cameraIds }),
    ...(filter.models.length === 0 ? {} : { model_ids: [...filter.models] }),
    ...(filter.labels.length === 0 ? {} : { labels: [...filter.labels] }),
    ...(filter.zones.length === 0 ? {} : { zones: [...filter.zones] }),
    ...(filter.confidence === 0 ? {} : { min_confidence: filter.confidence / 100 }),
    ...(span.from === null ? {} : { start_time: new Date(span.from).toISOString() }),
    ...(span.to === null ? {} : { end_time: new Date(span.to).toISOString() }),
    ...(filter.reviewed === 'any' ? {} : { reviewed: filter.reviewed === 'yes' }),
  };
}

/** Cameras that are chosen and, where groups are chosen too, in one of them; null: all. */
export function camerasOf(
  { cameras, groups }: Pick<EventsFilter, 'cameras' | 'groups'>,
  known: readonly CameraGroup[],
): string[] | null {
  if (cameras.length === 0 && groups.length === 0) return null;
  const grouped = new Set(
    known.filter(({ id }) => groups.includes(id)).flatMap(({ camera_ids }) => camera_ids),
  );
  const chosen =
    groups.length === 0
      ? [...cameras]
      : cameras.length === 0
        ? [...grouped]
        : cameras.filter((id) => grouped.has(id));
  return chosen.length === 0 ? [NOBODY] : chosen.slice(0, MOST_CAMERAS);
}

/** Of the workstation's time zone; null: open. Milliseconds since the epoch. */
export function spanOf(time: TimeChoice, now: number): { from: number | null; to: number | null } {
  if (typeof time === 'object') return time;
  switch (time) {
    case 'any':
      return { from: null, to: null };
    case 'hour':
      return { from: now - 3_600_000, to: null };
    case 'today':
      return { from: dayStart(now), to: null };
    case 'yesterday':
      return { from: dayStart(now, -1), to: dayStart(now) - 1 };
    case 'week':
      return { from: dayStart(now, -6), to: null };
  }
}

/**
 * The moment that a time counts from: "today" is the day that it is now, also past the midnight after it was chosen.
 * @param today midnight of the day that it is now
 */
export function countedFrom(time: TimeChoice, chosenAt: number, today: number): number {
  return time === 'hour' ? chosenAt : Math.max(chosenAt, today);
}

/** Midnight of the day of `at`, or of one so many days later; right on days of 23 and 25 hours. */
export function dayStart(at: number, days = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
