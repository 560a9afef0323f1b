/** Seconds that a layout of a tour stays, at least and at most. */
export const LEAST_DWELL = 5;
export const MOST_DWELL = 3600;

export interface TourPlan {
  /** Named layouts, in the order in which they are shown. */
  readonly layoutIds: readonly string[];
  /** Seconds. */
  readonly dwell: number;
}

/** A tour under way; times in milliseconds of any one clock. */
export interface Tour {
  readonly plan: TourPlan;
  /** Which layout of the plan is shown. */
  readonly at: number;
  /** When it was shown, moved forward by pauses. */
  readonly since: number;
  /** When it was paused; null while it runs. */
  readonly pausedAt: number | null;
}

/** @returns null when the plan has no layout */
export function startTour(plan: TourPlan, now: number): Tour | null {
  if (plan.layoutIds.length === 0) return null;
  const dwell = Math.min(MOST_DWELL, Math.max(LEAST_DWELL, plan.dwell));
  return { plan: { ...plan, dwell }, at: 0, since: now, pausedAt: null };
}

export function pauseTour(tour: Tour, now: number): Tour {
  return tour.pausedAt === null ? { ...tour, pausedAt: now } : tour;
}

export function resumeTour(tour: Tour, now: number): Tour {
  if (tour.pausedAt === null) return tour;
  return { ...tour, since: tour.since + (now - tour.pausedAt), pausedAt: null };
}

/** Shows the next (`by` 1) or the one before (-1) at once, for a whole dwell time. */
export function stepTour(tour: Tour, by: 1 | -1, now: number): Tour {
  const count = tour.plan.layoutIds.length;
  return {
    ...tour,
    at: (tour.at + by + count) % count,
    since: now,
    pausedAt: tour.pausedAt === null ? null : now,
  };
}

/** The tour at a time: goes on to the next layout when the dwell time is over; otherwise the same object. */
export function tourAt(tour: Tour, now: number): Tour {
  if (tour.pausedAt !== null || now - tour.since < tour.plan.dwell * 1000) return tour;
  return stepTour(tour, 1, now);
}

/** How much of the dwell time is over, 0 to 1. */
export function progressOf(tour: Tour, now: number): number {
  const over = (tour.pausedAt ?? now) - tour.since;
  return Math.min(1, Math.max(0, over / (tour.plan.dwell * 1000)));
}

/** Without the layouts that are gone. @returns null when none is left */
export function withLayouts(tour: Tour, existing: ReadonlySet<string>): Tour | null {
  const { layoutIds } = tour.plan;
  if (layoutIds.every((id) => existing.has(id))) return tour;
  const left = layoutIds.filter((id) => existing.has(id));
  if (left.length === 0) return null;
  const before = layoutIds.slice(0, tour.at).filter((id) => existing.has(id)).length;
  return { ...tour, plan: { ...tour.plan, layoutIds: left }, at: before % left.length };
}
