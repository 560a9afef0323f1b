import { DAY_SLOTS, WEEK_SLOTS } from '../../../../contract/schedule';

/** A week as in the contract: one character a half hour, Monday 00:00 first, 1 is recorded. */
export type Week = string;

export const ALWAYS: Week = '1'.repeat(WEEK_SLOTS);
export const NEVER: Week = '0'.repeat(WEEK_SLOTS);

/** A half hour of the week. */
export interface Cell {
  /** 0: Monday. */
  readonly day: number;
  /** 0 to 47. */
  readonly slot: number;
}

export const isOn = (week: Week, { day, slot }: Cell): boolean => week[day * DAY_SLOTS + slot] === '1';

/** Paints the rectangle between two cells, both included. */
export function paint(week: Week, from: Cell, to: Cell, on: boolean): Week {
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)];
  const [first, last] = [Math.min(from.slot, to.slot), Math.max(from.slot, to.slot)];
  const cells = [...week];
  for (let day = firstDay; day <= lastDay; day++)
    cells.fill(on ? '1' : '0', day * DAY_SLOTS + first, day * DAY_SLOTS + last + 1);
  return cells.join('');
}

/** On in the given hours of the given days; `from` after `to` goes over midnight. */
function hours(days: readonly number[], from: number, to: number): Week {
  return Array.from({ length: WEEK_SLOTS }, (_none, index) => {
    const hour = (index % DAY_SLOTS) / 2;
    const inHours = from < to ? hour >= from && hour < to : hour >= from || hour < to;
    return days.includes(Math.floor(index / DAY_SLOTS)) && inHours ? '1' : '0';
  }).join('');
}

const WORKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];
const join = (one: Week, other: Week) =>
  [...one].map((on, index) => (on === '1' || other[index] === '1' ? '1' : '0')).join('');

export type PresetId = 'always' | 'never' | 'working' | 'nights' | 'closed';

/** `working`: Monday to Friday, 8 to 18 h. `nights`: daily from 20 to 6 h. `closed`: all but working hours. */
export const PRESETS: Readonly<Record<PresetId, Week>> = {
  always: ALWAYS,
  never: NEVER,
  working: hours(WORKDAYS, 8, 18),
  nights: hours([...WORKDAYS, ...WEEKEND], 20, 6),
  closed: join(hours(WORKDAYS, 18, 8), hours(WEEKEND, 0, 24)),
};

/** What the contract stores: null where nothing is left out. */
export const toSchedule = (week: Week): string | null => (week === ALWAYS ? null : week);

export const toWeek = (schedule: string | null): Week => schedule ?? ALWAYS;

/** Hours a week. */
export const hoursOf = (week: Week): number => [...week].filter((cell) => cell === '1').length / 2;
