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
} as const;
