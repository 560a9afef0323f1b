import { z } from 'zod';
import { PREFERENCE_BYTES, PREFERENCE_NAMES, preferences as known } from '../../../../contract/preferences';
import type { BackupSection } from './section';

const schema = z
  .object({ name: z.string(), value: z.unknown() })
  .strict()
  .superRefine(({ name, value }, context) => {
    const preference = PREFERENCE_NAMES.find((one) => one === name);
    if (!preference) context.addIssue(`There is no preference ${name}.`);
    else if (
      !known.shape[preference].safeParse(value).success ||
      Buffer.byteLength(JSON.stringify(value)) > PREFERENCE_BYTES
    )
      context.addIssue(`The value of ${name} does not fit.`);
  });
type Preference = z.infer<typeof schema>;

const keyFor = (userId: string, name: string): string => `user.${userId}.${name}`;

/** What the application keeps for whoever saves or restores; what it keeps for others stays as it is. */
export const preferences: BackupSection<Preference> = {
  name: 'preferences',
  schema,
  keyOf: ({ name }) => name,
  labelOf: ({ name }) => name,
  async read({ store, userId }) {
    const table = await store.read.listSettings();
    return PREFERENCE_NAMES.flatMap((name) => {
      const stored = table[keyFor(userId, name)];
      const value = stored === undefined ? undefined : jsonOf(stored);
      const entry = { name, value };
      return value !== undefined && schema.safeParse(entry).success ? [entry] : [];
    });
  },
  adapt: (entries) => Promise.resolve(entries),
  write({ added, changed }, { userId, nowUs }) {
    const values = [...added, ...changed].map(
      ({ name, value }) => [keyFor(userId, name), JSON.stringify(value)] as const,
    );
    if (values.length === 0) return Promise.resolve([]);
    return Promise.resolve([{ name: 'setSettings', args: [Object.fromEntries(values), nowUs] }]);
  },
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
