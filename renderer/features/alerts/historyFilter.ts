import type { AlertKind } from '../../../contract';
import type { HistoryFilter } from './useHistory';

export const PERIODS = ['allTime', 'day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

const DAYS: Readonly<Record<Period, number | null>> = { allTime: null, day: 1, week: 7, month: 30 };

export interface FilterChoice {
  readonly kind: AlertKind | 'all';
  readonly cameraId: string;
  readonly period: Period;
  readonly onlyOpen: boolean;
}

export const NO_FILTER: FilterChoice = { kind: 'all', cameraId: 'all', period: 'allTime', onlyOpen: false };

/** The request for what was chosen. @param now milliseconds; the period begins at a full minute before it */
export function toRequest({ kind, cameraId, period, onlyOpen }: FilterChoice, now: number): HistoryFilter {
  const days = DAYS[period];
  const from = days === null ? null : Math.floor(now / 60_000) * 60_000 - days * 86_400_000;
  return {
    ...(kind === 'all' ? {} : { kinds: [kind] }),
    ...(cameraId === 'all' ? {} : { camera_id: cameraId }),
    ...(from === null ? {} : { from: new Date(from).toISOString() }),
    ...(onlyOpen ? { unacknowledged: true } : {}),
  };
}
