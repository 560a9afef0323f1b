import { z } from 'zod';
import { command, query } from './channel';
import { nothing } from './common';

/** Something that the application carries or runs. */
export const component = z.object({
  kind: z.enum(['package', 'native', 'model']),
  name: z.string(),
  /** Empty where it has none of its own. */
  version: z.string(),
  licence: z.string(),
  /** The licence in full. */
  text: z.string(),
});
export type Component = z.infer<typeof component>;

export const aboutChannels = {
  'about.licences': query(nothing, z.object({ components: z.array(component) })),
  /** Opens the data folder in the desktop's file manager. */
  'about.show-data-folder': command(nothing, nothing),
} as const;
