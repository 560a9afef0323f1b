/** What of time a time line shows, milliseconds since the epoch. Immutable. */
export interface TimeView {
  readonly from: number;
  readonly to: number;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The shortest and longest stretch that is shown. */
export const SHORTEST = SECOND;
export const LONGEST = 400 * DAY;

export const lengthOf = ({ from, to }: TimeView): number => to - from;

/** Longer (factor above 1) or shorter; what is at `at` stays where it is. */
export function zoomed(view: TimeView, factor: number, at: number): TimeView {
  const length = Math.max(SHORTEST, Math.min(LONGEST, lengthOf(view) * factor));
  const part = (at - view.from) / lengthOf(view);
  const from = at - length * part;
  return { from, to: from + length };
}

export const moved = ({ from, to }: TimeView, by: number): TimeView => ({ from: from + by, to: to + by });

export function around(at: number, length: number): TimeView {
  return { from: at - length / 2, to: at + length / 2 };
}

/** Part of the view from each end that a moving position must not enter. */
const MARGIN = 0.06;

/** The view that shows a moving position: turned on when it reaches the edge, moved to it when it jumped out. */
export function following(view: TimeView, position: number): TimeView {
  const length = lengthOf(view);
  const part = (position - view.from) / length;
  if (part >= 0 && part <= 1 - MARGIN) return view;
  if (part > 1 - MARGIN && part <= 1.2) return moved(view, length * (part - 2 * MARGIN));
  if (part < 0 && part > -0.2) return moved(view, length * (part - 1 + 2 * MARGIN));
  return around(position, length);
}

export const timeAt = ({ from, to }: TimeView, x: number, width: number): number =>
  from + ((to - from) * x) / Math.max(1, width);

export const xAt = ({ from, to }: TimeView, at: number, width: number): number =>
  ((at - from) / (to - from)) * width;
