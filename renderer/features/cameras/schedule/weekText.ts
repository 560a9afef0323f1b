import { DAY_SLOTS } from '../../../../contract/schedule';
import { plural, t } from '../../../strings';
import { minuteText, weekdayText } from '../../../ui/timeText';
import type { Week } from './week';
import { ALWAYS, hoursOf, NEVER } from './week';

/** More parts than this are told as hours a week. */
const MOST_PARTS = 3;
/** A Monday, in local time. */
const MONDAY = { year: 2024, month: 0, day: 1 } as const;

const moment = (day: number, slot: number) =>
  new Date(MONDAY.year, MONDAY.month, MONDAY.day + day, 0, slot * 30).getTime();

/** `Mon`; 0 is Monday. */
export const dayName = (day: number): string => weekdayText(moment(day, 0));

/** Beginning of a half hour, 0 to 48; the last one is the end of the day. */
export const slotTime = (slot: number): string =>
  slot === DAY_SLOTS ? t('schedule.endOfDay') : minuteText(moment(0, slot));

interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The recorded parts of a day. */
function rangesOf(day: string): Range[] {
  return [...day.matchAll(/1+/g)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

function dayText(day: string): string {
  if (!day.includes('0')) return t('schedule.allDay');
  return rangesOf(day)
    .map(({ from, to }) => `${slotTime(from)}\u2013${slotTime(to)}`)
    .join(', ');
}

/** A schedule in a few words: `Mon\u2013Fri 08:00\u201318:00`. */
export function weekSummary(week: Week): string {
  if (week === ALWAYS) return t('schedule.always');
  if (week === NEVER) return t('schedule.never');
  const days = Array.from({ length: 7 }, (_none, day) => week.slice(day * DAY_SLOTS, (day + 1) * DAY_SLOTS));
  const parts: string[] = [];
  for (let first = 0; first < 7;) {
    const pattern = days[first] ?? '';
    let last = first;
    while (days[last + 1] === pattern) last++;
    if (pattern.includes('1')) {
      const name =
        first === 0 && last === 6
          ? t('schedule.daily')
          : first === last
            ? dayName(first)
            : `${dayName(first)}\u2013${dayName(last)}`;
      parts.push(`${name} ${dayText(pattern)}`);
    }
    first = last + 1;
  }
  return parts.length <= MOST_PARTS ? parts.join('; ') : plural('schedule.hours', hoursOf(week));
}
