import type { Alert } from '../../../contract';
import { faultAdvice, faultTitle } from '../../data/faultText';
import { plural, t } from '../../strings';
import type { Tone } from '../../ui/Notice';
import { bytesText, momentBeside } from '../../ui/timeText';

export const toneOf = (alert: Alert): Tone => (alert.severity === 'urgent' ? 'bad' : 'warn');

/** What is the matter, in one line. */
export function alertTitle(alert: Alert): string {
  const { kind, detail } = alert;
  const camera = alert.camera_name ?? t('alert.someCamera');
  const isOver = alert.cleared_at !== null;
  switch (kind) {
    case 'camera-offline':
    case 'recording-stopped':
      return t(isOver ? `alert.${kind}.over` : `alert.${kind}`, { camera });
    case 'disk-nearly-full':
      if (isOver) return t(`alert.disk-nearly-full.${diskOf(alert)}.over`);
      return t(`alert.disk-nearly-full.${diskOf(alert)}`, {
        free: bytesText(detail.free_bytes ?? 0),
        total: bytesText(detail.total_bytes ?? 0),
      });
    case 'deletion-refused':
      if (isOver) return t('alert.deletion-refused.over');
      return t('alert.deletion-refused', {
        size: bytesText(detail.delete_bytes ?? 0),
        total: bytesText(detail.recorded_bytes ?? 0),
      });
    case 'keystore-locked':
      return isOver
        ? t('alert.keystore-locked.over')
        : plural('alert.keystore-locked', detail.camera_count ?? 0);
    case 'unclean-end':
    case 'computer-slept':
      return t(`alert.${kind}`);
    case 'clock-stepped': {
      const step = detail.step_ms ?? 0;
      return t(step < 0 ? 'alert.clock-stepped.back' : 'alert.clock-stepped.forward', {
        duration: durationText(Math.abs(step)),
      });
    }
  }
}

/** What the user can do about it. */
export function alertAdvice(alert: Alert): string {
  const { kind, detail } = alert;
  switch (kind) {
    case 'camera-offline':
      if (detail.fault === undefined) return t('alert.camera-offline.unknown');
      return t('alert.camera-offline.advice', {
        fault: faultTitle(detail.fault),
        advice: faultAdvice(detail.fault),
      });
    case 'recording-stopped':
      return t(`alert.recording-stopped.${detail.reason ?? 'storage'}`);
    case 'disk-nearly-full':
      return t(`alert.disk-nearly-full.${diskOf(alert)}.advice`);
    case 'keystore-locked':
      return t('alert.keystore-locked.advice', { cameras: namesText(alert) });
    case 'deletion-refused':
    case 'unclean-end':
    case 'computer-slept':
    case 'clock-stepped':
      return t(`alert.${kind}.advice`);
  }
}

const diskOf = ({ subject }: Alert) => (subject === 'data' ? 'data' : 'recordings');

function namesText({ detail }: Alert): string {
  const names = detail.cameras ?? [];
  const more = (detail.camera_count ?? names.length) - names.length;
  return [...names, ...(more > 0 ? [plural('alerts.more', more)] : [])].join(', ');
}

/** Days, hours, minutes or seconds, as exact as anybody wants to know. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return t('duration.seconds', { s: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('duration.minutes', { m: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('duration.hours', { h: hours, m: minutes % 60 });
  return t('duration.days', { d: Math.floor(hours / 24), h: hours % 24 });
}

/** When it began, and how long it lasts or lasted. */
export function periodText(alert: Alert, now: number): string {
  const from = Date.parse(alert.raised_at);
  const to = alert.cleared_at === null ? null : Date.parse(alert.cleared_at);
  if (to === null)
    return t('alerts.sinceFor', { time: momentBeside(from, now), duration: durationText(now - from) });
  if (to === from) return momentBeside(from, now);
  return t('alerts.lasted', {
    from: momentBeside(from, now),
    to: momentBeside(to, now),
    duration: durationText(to - from),
  });
}
