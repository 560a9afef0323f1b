import { z } from 'zod';

/** What the workstation consists of, for its health. */
export const healthAreaId = z.enum([
  'cameras',
  'recording',
  'disks',
  'live',
  'store',
  'frames',
  'models',
  'process',
]);

export const healthArea = z.object({
  id: healthAreaId,
  /** off: switched off, so nothing is wrong with it. */
  state: z.enum(['ok', 'off', 'warn', 'bad']),
  /** What it is about; `ok` and `off` when nothing is. Texts are the renderer's. */
  code: z.enum([
    'ok',
    'off',
    'no_cameras',
    'cameras_lost',
    'not_recorded',
    'disk_missing',
    'disk_full',
    'no_worker',
    'events_closed',
    'store_closed',
    'store_slow',
    'decoder_failed',
    'model_unavailable',
    'model_degraded',
    'slow_loop',
  ]),
  /** How many of what the code is about. */
  count: z.number().int(),
});
export type HealthArea = z.infer<typeof healthArea>;
