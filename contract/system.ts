import { z } from 'zod';
import { command, query } from './channel';
import { nothing } from './common';

export const systemChannels = {
  'system.info': query(
    nothing,
    z.object({
      name: z.string(),
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      node: z.string(),
      ffmpeg: z.string(),
      mediasoup: z.string(),
      sqlite: z.string(),
      data_dir: z.string(),
      recordings_dir: z.string(),
      user: z.object({ id: z.string(), name: z.string(), role: z.string() }),
    }),
  ),
  /** How passwords are kept, and whether the user has agreed where only obfuscation is possible. */
  'secrets.status': query(
    nothing,
    z.object({
      backend: z.string(),
      protection: z.enum(['strong', 'obfuscation', 'none']),
      accepted: z.boolean(),
    }),
  ),
  'secrets.accept-obfuscation': command(nothing, nothing),
  /** Processes and resources of the kernel, for health and for tests. */
  'health.get': query(
    nothing,
    z.object({
      service: z.literal('VAS Workstation'),
      status: z.enum(['healthy', 'degraded']),
      event_loop_delay_p99_ms: z.number(),
      processes: z.array(
        z.object({ kind: z.string(), pid: z.number().int(), stream: z.string().nullable() }),
      ),
      sfu: z.object({
        workers: z.number().int(),
        producers: z.number().int(),
        consumers: z.number().int(),
        transports: z.number().int(),
      }),
      storage: z.object({ recordings_bytes: z.number(), free_bytes: z.number(), total_bytes: z.number() }),
    }),
  ),
} as const;
