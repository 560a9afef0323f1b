import type { ModelContainer } from '../../../contract';
import { t } from '../../strings';

const NUMBERS = ['p50', 'p95', 'p99'] as const;

/** `52 ms, worst 80`, the middle and the 99th percentile; null before the first answer. */
export function latencyText(latency: ModelContainer['latency_ms']): string | null {
  if (latency === null || !NUMBERS.every((key) => Number.isFinite(latency[key]))) return null;
  return t('models.latencyValue', { middle: Math.round(latency.p50), worst: Math.round(latency.p99) });
}

/** What was asked for, what is used and why it differs; null while nothing runs. */
export function deviceText(
  device: ModelContainer['device'],
): { readonly used: string; readonly why: string | null } | null {
  if (device === null) return null;
  const { requested, actual, why } = device;
  if (typeof actual !== 'string') return null;
  return {
    used:
      typeof requested === 'string' && requested !== actual
        ? t('models.deviceInstead', { actual: actual.toUpperCase(), requested })
        : actual.toUpperCase(),
    why: typeof why === 'string' && why !== '' ? why : null,
  };
}

/** Frames that nobody looked at because the model was busy, late or failed. */
export function dropsOf({ busy, timeouts }: Pick<ModelContainer, 'busy' | 'timeouts'>): number {
  return busy + timeouts;
}

export const TONES = {
  stopped: 'quiet',
  starting: 'quiet',
  ready: 'ok',
  degraded: 'warn',
  unavailable: 'bad',
} as const satisfies Record<ModelContainer['state'], string>;
