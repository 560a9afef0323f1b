import type { Alert } from '../../../contract';

export interface AlertLists {
  /** Lasting or happened, and nobody has said that they know: what the banner and the sound are for. */
  readonly open: readonly Alert[];
  /** Over before anybody said that they know. */
  readonly over: readonly Alert[];
  /** Lasting, and somebody knows. */
  readonly known: readonly Alert[];
}

/** Sorts what the main process reports, most urgent first, into what is done with it. */
export function listsOf(alerts: readonly Alert[]): AlertLists {
  const isOpen = (alert: Alert) => alert.acknowledged_at === null;
  return {
    open: alerts.filter((alert) => alert.is_active && isOpen(alert)),
    over: alerts.filter((alert) => !alert.is_active && isOpen(alert)),
    known: alerts.filter((alert) => alert.is_active && !isOpen(alert)),
  };
}

/**
 * A newly read first page in front of what was read before: alerts it brings up to date keep one place, and
 * what lies behind it stays.
 */
export function joinNewest(before: readonly Alert[], page: readonly Alert[]): readonly Alert[] {
  const fresh = new Set(page.map(({ id }) => id));
  const last = page.at(-1);
  if (last === undefined) return [];
  const older = before.filter(
    ({ id, raised_at }) =>
      !fresh.has(id) && (raised_at < last.raised_at || (raised_at === last.raised_at && id < last.id)),
  );
  return [...page, ...older];
}
