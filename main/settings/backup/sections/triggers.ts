import { z } from 'zod';
import { SWITCH_KEYS } from '../../../events/switches';
import type { BackupSection } from './section';

const names = Object.keys(SWITCH_KEYS) as readonly (keyof typeof SWITCH_KEYS)[];

const schema = z.object({ name: z.enum(['snapshots', 'clips']), on: z.boolean() }).strict();
type TriggerSwitch = z.infer<typeof schema>;

/** What an event makes besides itself, where somebody chose it; otherwise the default holds (INV-79). */
export const triggers: BackupSection<TriggerSwitch> = {
  name: 'event_triggers',
  schema,
  keyOf: ({ name }) => name,
  labelOf: ({ name }) => name,
  async read({ store }) {
    const table = await store.read.listSettings();
    return names.flatMap((name) => {
      const stored = table[SWITCH_KEYS[name]];
      return stored === undefined ? [] : [{ name, on: stored === 'on' }];
    });
  },
  adapt: (entries) => Promise.resolve(entries),
  // A switch that the file does not name is left as it is, as other settings are.
  write({ added, changed }, { nowUs }) {
    const values = [...added, ...changed].map(
      ({ name, on }) => [SWITCH_KEYS[name], on ? 'on' : 'off'] as const,
    );
    if (values.length === 0) return Promise.resolve([]);
    return Promise.resolve([{ name: 'setSettings', args: [Object.fromEntries(values), nowUs] }]);
  },
};
