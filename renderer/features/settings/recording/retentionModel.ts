import type { ApplicationSettings } from '../../../../contract';
import { t } from '../../../strings';

const GB = 1_000_000_000;

export type RetentionPart = Pick<
  ApplicationSettings,
  'retention_days' | 'retention_bytes' | 'free_space_bytes'
>;

/** What stands in the fields; empty is no rule. */
export interface RetentionDraft {
  readonly days: string;
  readonly gigabytes: string;
  readonly freeGigabytes: string;
}

export function draftOf(saved: RetentionPart): RetentionDraft {
  const text = (value: number | null, unit: number) =>
    value === null ? '' : String(Math.round((value / unit) * 1000) / 1000);
  return {
    days: text(saved.retention_days, 1),
    gigabytes: text(saved.retention_bytes, GB),
    freeGigabytes: text(saved.free_space_bytes, GB),
  };
}

/** The largest value of each field (contract/settings.ts). */
const MOST = { days: 3_650, gigabytes: 1_000_000, freeGigabytes: 1_000_000 } as const;

/** What is wrong with a field; null when it is fine. */
export function errorOf(field: keyof RetentionDraft, text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d+$/.test(trimmed)) return t('retention.number');
  const value = Number(trimmed);
  return value >= 1 && value <= MOST[field] ? null : t('retention.range', { min: 1, max: MOST[field] });
}

/** The settings that a draft means; null while a field is wrong. A field that was not touched keeps its bytes. */
export function rulesOf(draft: RetentionDraft, saved: RetentionPart): RetentionPart | null {
  const before = draftOf(saved);
  for (const field of ['days', 'gigabytes', 'freeGigabytes'] as const)
    if (draft[field] !== before[field] && errorOf(field, draft[field]) !== null) return null;
  const value = (field: keyof RetentionDraft, unit: number, kept: number | null) => {
    if (draft[field] === before[field]) return kept;
    return draft[field].trim() === '' ? null : Number(draft[field]) * unit;
  };
  return {
    retention_days: value('days', 1, saved.retention_days),
    retention_bytes: value('gigabytes', GB, saved.retention_bytes),
    free_space_bytes: value('freeGigabytes', GB, saved.free_space_bytes),
  };
}
