import type { AlertDetail, AlertKind, AlertSeverity } from '../../../contract/alerts';

/** `unknown`: nothing can be said now; what was known stays. */
export type Presence = 'present' | 'absent' | 'unknown';

/** What a look at the workstation found about one possible state. */
export interface Observation {
  readonly kind: AlertKind;
  /** Null for the whole workstation. */
  readonly cameraId: string | null;
  /** Tells several of a kind apart. */
  readonly subject: string | null;
  readonly presence: Presence;
  readonly detail: AlertDetail;
}

/** An alert as it is kept; times in microseconds since the epoch. */
export interface AlertRecord {
  readonly id: string;
  readonly kind: AlertKind;
  readonly cameraId: string | null;
  /** When the camera is deleted by now. */
  readonly cameraName: string | null;
  readonly subject: string | null;
  readonly detail: AlertDetail;
  readonly raisedUs: number;
  readonly clearedUs: number | null;
  readonly acknowledgedUs: number | null;
  readonly acknowledgedBy: { readonly id: string; readonly name: string } | null;
}

interface KindRule {
  readonly severity: AlertSeverity;
  /** Something that happened at once: active until it is acknowledged. */
  readonly isEvent: boolean;
  /** How long it must last before it is told, milliseconds. Of camera-offline: a setting. */
  readonly raiseAfterMs: number;
  /** How long it must be gone before it is over, milliseconds: what comes and goes stays one alert. */
  readonly clearAfterMs: number;
}

const state = (severity: AlertSeverity, raiseAfterMs: number, clearAfterMs: number): KindRule => ({
  severity,
  isEvent: false,
  raiseAfterMs,
  clearAfterMs,
});
const event: KindRule = { severity: 'warning', isEvent: true, raiseAfterMs: 0, clearAfterMs: 0 };

export const KIND_RULES: Readonly<Record<AlertKind, KindRule>> = {
  // A full disk takes the first bytes and then fails again: over only when it lasts.
  'recording-stopped': state('urgent', 3_000, 20_000),
  'disk-nearly-full': state('urgent', 0, 0),
  'deletion-refused': state('warning', 0, 0),
  'keystore-locked': state('urgent', 3_000, 5_000),
  'camera-offline': state('urgent', 10_000, 3_000),
  'unclean-end': event,
  'computer-slept': event,
  'clock-stepped': event,
};

/** Identifies a state over its alerts. */
export function keyOf(one: Pick<Observation, 'kind' | 'cameraId' | 'subject'>): string {
  return `${one.kind}|${one.cameraId ?? ''}|${one.subject ?? ''}`;
}

export function isActive(one: Pick<AlertRecord, 'kind' | 'clearedUs' | 'acknowledgedUs'>): boolean {
  return KIND_RULES[one.kind].isEvent ? one.acknowledgedUs === null : one.clearedUs === null;
}
