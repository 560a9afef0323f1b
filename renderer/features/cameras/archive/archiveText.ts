import type { ResponseOf } from '../../../../contract';
import { plural, t } from '../../../strings';
import { bytesText } from '../../../ui/timeText';

export type Outlook = ResponseOf<'recordings.outlook'>;
export type CameraArchive = Outlook['cameras'][number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Days after which a number would pretend to know too much. */
const LONG = 730;

/** A length of time in the largest unit that says enough: `45 minutes`, `13 hours`, `12 days`. @param ms milliseconds */
export function spanText(ms: number): string {
  if (ms < HOUR) return plural('archive.minutes', Math.max(0, Math.floor(ms / MINUTE)));
  if (ms < 2 * DAY) return plural('archive.hours', Math.floor(ms / HOUR));
  return plural('archive.days', Math.floor(ms / DAY));
}

/** Days of footage there will be: `about 14 days`. Rounded down, so that nobody counts on more. */
export function daysText(days: number): string {
  if (days > LONG) return t('archive.years');
  return days < 2
    ? plural('archive.aboutHours', Math.floor(days * 24))
    : plural('archive.aboutDays', Math.floor(days));
}

export interface ArchiveLines {
  readonly first: string;
  readonly second: string;
}

/** How far back a camera's recordings reach, and what they take a day. @param now milliseconds since the epoch */
export function archiveLines(archive: CameraArchive | null, now = Date.now()): ArchiveLines {
  if (archive === null) return { first: '', second: '' };
  const first = archive.oldest === null ? t('archive.none') : spanText(now - Date.parse(archive.oldest));
  return { first, second: rateText(archive.bytes_per_day) };
}

export function rateText(bytesPerDay: number | null): string {
  if (bytesPerDay === null) return t('archive.rateUnknown');
  return bytesPerDay === 0 ? t('archive.notRecorded') : t('archive.rate', { bytes: bytesText(bytesPerDay) });
}

/** The archive of all cameras in one sentence. */
export function summaryText({ days, limit, unmeasured, bytes_per_day }: Outlook): string {
  if (days === null || limit === null)
    return unmeasured > 0
      ? plural('archive.unknownYet', unmeasured)
      : t(bytes_per_day === 0 ? 'archive.nothing' : 'archive.noRoomKnown');
  const values = { days: daysText(days), rate: bytesText(bytes_per_day), limit: t(`archive.limit.${limit}`) };
  return unmeasured === 0
    ? t('archive.summary', values)
    : t('archive.summaryAtMost', { ...values, cameras: plural('cameras.count', unmeasured) });
}
