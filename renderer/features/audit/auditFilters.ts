import type { AuditFilter, AuditOutcome } from '../../../contract';

export const PERIODS = ['anyTime', 'today', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export interface AuditChoice {
  readonly userId: string;
  readonly action: string;
  readonly cameraId: string;
  readonly outcome: AuditOutcome | 'all';
  readonly period: Period;
  readonly text: string;
}

export const NO_CHOICE: AuditChoice = {
  ...{ userId: 'all', action: 'all', cameraId: 'all', outcome: 'all', period: 'anyTime', text: '' },
};

const DAY_MS = 86_400_000;

/** @param now when it was chosen, milliseconds since the epoch */
export function toFilter(choice: AuditChoice, now: number): AuditFilter {
  const text = choice.text.trim();
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const from = { anyTime: null, today: midnight, week: now - 7 * DAY_MS, month: now - 30 * DAY_MS }[
    choice.period
  ];
  return {
    ...(choice.userId === 'all' ? {} : { user_id: choice.userId }),
    ...(choice.action === 'all' ? {} : { actions: [choice.action] }),
    ...(choice.cameraId === 'all' ? {} : { camera_id: choice.cameraId }),
    ...(choice.outcome === 'all' ? {} : { outcomes: [choice.outcome] }),
    ...(from === null ? {} : { from: new Date(from).toISOString() }),
    ...(text === '' ? {} : { text }),
  };
}
