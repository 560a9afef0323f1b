import { faultAdvice, faultTitle } from '../../../data/faultText';
import { plural, t } from '../../../strings';
import { clockText, dateText } from '../../../ui/timeText';
import type { TileState, TileStateKind } from './tileState';

/** One word for the title bar and for assistive technology. */
export const stateWord = (kind: TileStateKind): string => t(`tile.${kind}`);

export interface StatusText {
  readonly title: string;
  /** What it means or what to do. */
  readonly text: string | null;
}

/** The message on a tile that is not live; null for a live one. Does not count down, see `countdownText`. */
export function statusText(state: TileState): StatusText | null {
  switch (state.kind) {
    case 'live':
    case 'empty':
      return null;
    case 'connecting':
      return { title: t('tile.connecting.title'), text: state.problem };
    case 'stalled':
      return {
        title: t('tile.stalled.title', { time: clockText(state.since) }),
        text: t('tile.stalled.text'),
      };
    case 'reconnecting':
      return { title: t('tile.reconnecting.title'), text: faultTitle(state.fault.code) };
    case 'silent':
    case 'offline':
      return { title: faultTitle(state.fault.code), text: faultAdvice(state.fault.code) };
    case 'stopped':
      return { title: t('tile.stopped.title'), text: t('tile.stopped.text') };
  }
}

/** `Next attempt in 4 seconds (attempt 3)`; `seconds` is 0 or null while an attempt runs. */
export function countdownText(seconds: number | null, attempt: number): string {
  if (seconds === null || seconds === 0) return t('tile.attemptNow', { attempt });
  return t('tile.attemptIn', { seconds: plural('count.seconds', seconds), attempt });
}

/** `Again in 4 s`, where there is little room. */
export function shortCountdownText(seconds: number | null): string {
  return seconds === null || seconds === 0 ? t('tile.againNow') : t('tile.againIn', { seconds });
}

/** `8 s`, `12 min`, `3 h` or `5 d`. @param age milliseconds */
export function ageText(age: number): string {
  const seconds = Math.floor(age / 1000);
  if (seconds < 60) return t('age.seconds', { count: seconds });
  if (seconds < 3600) return t('age.minutes', { count: Math.floor(seconds / 60) });
  if (seconds < 86_400) return t('age.hours', { count: Math.floor(seconds / 3600) });
  return t('age.days', { count: Math.floor(seconds / 86_400) });
}

/** When the picture behind the message was taken; with its day when that is not today. */
export function lastPictureText(at: number, now: number): string {
  const time = clockText(at);
  const sameDay = dateText(at) === dateText(now);
  const age = ageText(Math.max(0, now - at));
  return t('tile.lastPictureOf', { time: sameDay ? time : `${dateText(at)}, ${time}`, age });
}
