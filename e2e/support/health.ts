import type { ResponseOf } from '../../contract';
import type { RunningApp } from '../app';
import { until } from './wait';

export type Health = ResponseOf<'health.get'>;

export const healthOf = (app: RunningApp): Promise<Health> => app.vas.query('health.get', {});

/** Waits for a state of the kernel's processes and resources. */
export function whenHealth(
  app: RunningApp,
  what: string,
  accept: (health: Health) => boolean,
  timeoutMs = 20_000,
): Promise<Health> {
  return until(
    what,
    async () => {
      const health = await healthOf(app);
      return accept(health) ? health : null;
    },
    { timeoutMs, everyMs: 100 },
  );
}

/** How many processes of a kind serve a camera. */
export const countOf = (health: Health, kind: string, cameraId: string): number =>
  health.processes.filter((one) => one.kind === kind && one.stream === cameraId).length;
