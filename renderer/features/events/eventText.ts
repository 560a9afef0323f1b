import type { AiEvent } from '../../../contract';
import { t } from '../../strings';
import { dateText, momentText } from '../../ui/timeText';
import { labelCounts, objectsOf } from './detections';
import { dayStart } from './eventFilter';

/** `person ×2, car`. */
export function labelText(event: AiEvent): string {
  const counts = labelCounts(objectsOf(event.detections));
  if (counts.length === 0) return t('events.noObjects');
  return counts
    .map(([label, count]) => (count === 1 ? label : t('events.labelCount', { label, count })))
    .join(', ');
}

export function percentText(share: number | null): string {
  return share === null ? '' : t('events.percent', { percent: Math.round(share * 100) });
}

/** `Today`, `Yesterday` or the date. Both in milliseconds since the epoch. */
export function dayText(at: number, now: number): string {
  if (at >= dayStart(now)) return t('events.today');
  return at >= dayStart(now, -1) ? t('events.yesterday') : dateText(at);
}

export function eventName(event: AiEvent, camera: string): string {
  return t('events.name', { label: labelText(event), camera, time: momentText(Date.parse(event.timestamp)) });
}

/** Zones that the event's metadata names. */
export function zonesOf(event: AiEvent): readonly string[] {
  const zones = event.event_metadata['zones'];
  return Array.isArray(zones) ? zones.filter((zone) => typeof zone === 'string') : [];
}

/** A few KB. */
export const thumbnailUrl = (snapshotId: string): string => `${snapshotUrl(snapshotId)}/thumbnail`;
export const snapshotUrl = (snapshotId: string): string => `vas-media://snapshots/${snapshotId}`;
