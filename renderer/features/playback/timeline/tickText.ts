import { clockText, minuteText, weekdayText } from '../../../ui/timeText';
import type { TickUnit } from './ticks';

/** How the labels of a ruler are written. */
export function tickText(unit: TickUnit): (at: number) => string {
  const language = document.documentElement.lang || 'en';
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const month = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric' });
  const dayOf = (at: number): string => `${weekdayText(at)} ${day.format(at)}`;
  const isMidnight = (at: number): boolean =>
    new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  switch (unit) {
    case 'second':
      return clockText;
    case 'minute':
      // The day stands where it begins.
      return (at) => (isMidnight(at) ? dayOf(at) : minuteText(at));
    case 'day':
      return dayOf;
    case 'month':
      return (at) => month.format(at);
  }
}
