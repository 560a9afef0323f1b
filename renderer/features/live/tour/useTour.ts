import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Layout } from '../../../../contract';
import type { Tour, TourPlan } from '../wall/tour';
import { pauseTour, resumeTour, startTour, stepTour, tourAt, withLayouts } from '../wall/tour';

/** How often a tour looks at the time, milliseconds. */
const TICK_MS = 250;

export interface TourInUse {
  /** Null while there is none. */
  readonly tour: Tour | null;
  /** The layout that the tour shows now. */
  readonly layout: Layout | null;
  readonly start: (plan: TourPlan) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly step: (by: 1 | -1) => void;
  readonly end: () => void;
}

/** A tour of this window. `onShow` is called with each layout that it comes to. */
export function useTour(
  layouts: readonly Layout[] | null,
  first: TourPlan | null,
  onShow: (layout: Layout) => void,
): TourInUse {
  const [tour, setTour] = useState<Tour | null>(() => (first === null ? null : startTour(first, Date.now())));
  // Layouts that were deleted meanwhile are left out.
  const kept = useMemo(
    () =>
      tour === null || layouts === null ? tour : withLayouts(tour, new Set(layouts.map(({ id }) => id))),
    [tour, layouts],
  );
  const shownId = kept?.plan.layoutIds[kept.at] ?? null;
  const layout = layouts?.find(({ id }) => id === shownId) ?? null;
  const isRunning = kept !== null && kept.pausedAt === null;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(
      () => setTour((now) => (now === null ? null : tourAt(now, Date.now()))),
      TICK_MS,
    );
    return () => clearInterval(timer);
  }, [isRunning]);
  useEffect(() => {
    if (isRunning && layout !== null) onShow(layout);
  }, [isRunning, layout, onShow]);

  const change = useCallback(
    (next: (before: Tour, now: number) => Tour) =>
      setTour((before) => (before === null ? null : next(before, Date.now()))),
    [],
  );
  return {
    tour: kept,
    layout,
    start: useCallback((plan: TourPlan) => setTour(startTour(plan, Date.now())), []),
    pause: useCallback(() => change(pauseTour), [change]),
    resume: useCallback(() => change(resumeTour), [change]),
    step: useCallback((by: 1 | -1) => change((before, now) => stepTour(before, by, now)), [change]),
    end: useCallback(() => setTour(null), []),
  };
}
