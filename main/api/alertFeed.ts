import type { Alert, AlertKind } from '../../contract/alerts';
import { ALERT_KINDS } from '../../contract/alerts';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { Alerts } from '../health/alerts/alerts';
import type { AlertRecord } from '../health/alerts/types';
import { isActive, KIND_RULES } from '../health/alerts/types';
import { isoFromUs } from '../kernel/media/instants';

/** A hundred cameras that are lost at once are told once. */
const MIN_INTERVAL_MS = 100;

type Push = (value: { alerts: Alert[] }) => void;

export interface AlertFeed extends Disposable {
  /** Pushes all that is active or not acknowledged, at once and after each change; returns how to stop. */
  subscribe(push: Push): () => void;
}

export function createAlertFeed(alerts: Alerts, clock: Clock): AlertFeed {
  const listeners = new Set<Push>();
  let timer: Timer | null = null;
  const current = () => ({
    alerts: alerts
      .current()
      .map((record) => alertShape(record, alerts))
      .sort(byUrgency),
  });
  const changes = alerts.onChanged(() => {
    timer ??= clock.after(MIN_INTERVAL_MS, () => {
      timer = null;
      const value = current();
      for (const push of [...listeners]) push(value);
    });
  });
  return {
    subscribe(push) {
      listeners.add(push);
      push(current());
      return () => void listeners.delete(push);
    },
    async dispose() {
      timer?.cancel();
      listeners.clear();
      await changes.dispose();
    },
  };
}

/** An alert in the words of the contract. */
export function alertShape(record: AlertRecord, alerts: Pick<Alerts, 'cameraName'>): Alert {
  const { id, kind, cameraId, subject, detail, raisedUs, clearedUs, acknowledgedUs } = record;
  return {
    id,
    kind,
    severity: KIND_RULES[kind].severity,
    camera_id: cameraId,
    camera_name: cameraId === null ? null : (alerts.cameraName(cameraId) ?? record.cameraName),
    subject,
    detail,
    raised_at: isoFromUs(raisedUs),
    cleared_at: clearedUs === null ? null : isoFromUs(clearedUs),
    acknowledged_at: acknowledgedUs === null ? null : isoFromUs(acknowledgedUs),
    acknowledged_by: record.acknowledgedBy?.name ?? null,
    is_active: isActive(record),
  };
}

const RANK = new Map<AlertKind, number>(ALERT_KINDS.map((kind, index) => [kind, index]));

/** Not acknowledged before acknowledged, active before over, by kind, newest first. */
function byUrgency(one: Alert, other: Alert): number {
  return (
    Number(one.acknowledged_at !== null) - Number(other.acknowledged_at !== null) ||
    Number(other.is_active) - Number(one.is_active) ||
    (RANK.get(one.kind) ?? 0) - (RANK.get(other.kind) ?? 0) ||
    other.raised_at.localeCompare(one.raised_at)
  );
}
