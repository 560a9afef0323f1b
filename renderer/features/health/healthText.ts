import type { HealthArea, HealthReport } from '../../../contract';
import { plural, t } from '../../strings';
import { bytesText } from '../../ui/timeText';

export type Unit = 'bytes' | 'bytesPerS' | 'perS' | 'ms' | 'percent' | 'count';

/** Where nothing is known. */
export const NOTHING = '\u2013';

const short = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);

/** A value with its unit, as short as it can be read. */
export function valueText(value: number | null | undefined, unit: Unit): string {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  switch (unit) {
    case 'bytes':
      return bytesText(Math.max(0, value));
    case 'bytesPerS':
      return `${bytesText(Math.max(0, value))}/s`;
    case 'ms':
      return value >= 10_000 ? `${short(value / 1000)} s` : `${short(value)} ms`;
    case 'percent':
      return `${short(value)} %`;
    case 'perS':
    case 'count':
      return short(value);
  }
}

export const daysText = (days: number): string =>
  plural('health.days', days >= 10 ? Math.round(days) : Math.round(days * 10) / 10);

/** A length of time in its largest fitting unit. */
export function lengthText(seconds: number): string {
  if (seconds < 90) return t('health.seconds', { count: Math.round(seconds) });
  if (seconds < 5_400) return t('health.minutes', { count: Math.round(seconds / 60) });
  return t('health.hours', { count: short(seconds / 3600) });
}

/** One line about an area. */
export function areaLine({ id, code, count }: HealthArea, report: HealthReport): string {
  switch (code) {
    case 'ok':
      return wellLine(id, report);
    case 'cameras_lost':
    case 'not_recorded':
    case 'disk_missing':
    case 'decoder_failed':
    case 'model_unavailable':
    case 'model_degraded':
      return t(`health.code.${code}`, { count });
    default:
      return t(`health.code.${code}`);
  }
}

function wellLine(id: HealthArea['id'], report: HealthReport): string {
  const { cameras, disks, sfu, store, frames, detectors, totals } = report;
  switch (id) {
    case 'cameras':
      return t('health.line.cameras', {
        running: cameras.filter(({ phase }) => phase === 'running').length,
        all: cameras.length,
      });
    case 'recording': {
      const count = cameras.filter(({ shall_record, phase }) => shall_record && phase === 'running').length;
      return disks.write_bytes_per_s === null
        ? t('health.line.recordingQuiet', { count })
        : t('health.line.recording', { count, rate: valueText(disks.write_bytes_per_s, 'bytesPerS') });
    }
    case 'disks': {
      const free = valueText(report.storage.free_bytes, 'bytes');
      return disks.days === null
        ? t('health.line.disks', { free })
        : t('health.line.disksDays', { free, days: daysText(disks.days) });
    }
    case 'live':
      return t('health.line.live', { views: sfu.consumers, streams: sfu.producers });
    case 'store': {
      const latency = store.databases[0]?.writer?.latency_ms?.p50;
      return latency === undefined
        ? t('health.line.storeQuiet')
        : t('health.line.store', { ms: valueText(latency, 'ms') });
    }
    case 'frames':
      return t('health.line.frames', {
        count: frames.decoders.filter(({ phase }) => phase === 'running').length,
      });
    case 'models':
      return t('health.line.models', {
        count: detectors.filter(({ state }) => state === 'ready').length,
        rate: valueText(
          detectors.reduce((sum, { rate }) => sum + rate, 0),
          'perS',
        ),
      });
    case 'process': {
      const memory = valueText(totals.memory_bytes, 'bytes');
      // The first look has nothing to compare with.
      return totals.cpu_percent === null
        ? t('health.line.processFirst', { memory })
        : t('health.line.process', { cpu: valueText(totals.cpu_percent, 'percent'), memory });
    }
  }
}
