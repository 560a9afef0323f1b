import { DAY_SLOTS } from '../../../../contract/schedule';

/** Index of the half hour of the week that an instant lies in, 0 (Monday 00:00) to 335. @param ms since the epoch */
export type SlotOf = (ms: number) => number;

const indexOf = (mondayFirst: number, hours: number, minutes: number) =>
  mondayFirst * DAY_SLOTS + hours * 2 + (minutes >= 30 ? 1 : 0);

/** In the time zone of the workstation. */
export const systemSlot: SlotOf = (ms) => {
  const date = new Date(ms);
  return indexOf((date.getDay() + 6) % 7, date.getHours(), date.getMinutes());
};

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** In a named zone, such as `Europe/Berlin`. @throws RangeError when there is no such zone */
export function slotIn(timeZone: string): SlotOf {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return indexOf(
      DAYS.indexOf(parts.get('weekday') ?? ''),
      Number(parts.get('hour')),
      Number(parts.get('minute')),
    );
  };
}
