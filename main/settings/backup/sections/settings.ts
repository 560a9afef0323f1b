import { z } from 'zod';
import type { ApplicationSettings } from '../../../../contract/settings';
import { applicationSettings } from '../../../../contract/settings';
import { readStored, SETTING_NAMES, toStored } from '../../stored';
import type { BackupSection } from './section';

const schema = z
  .object({ name: z.string(), value: z.unknown() })
  .strict()
  .superRefine(({ name, value }, context) => {
    const known = SETTING_NAMES.find((one) => one === name);
    if (!known) context.addIssue(`There is no setting ${name}.`);
    else if (!applicationSettings.shape[known].safeParse(value).success)
      context.addIssue(`The value of ${name} does not fit.`);
  });
type Setting = z.infer<typeof schema>;

/** The settings that somebody chose; the others keep their default. */
export const settings: BackupSection<Setting> = {
  name: 'settings',
  schema,
  keyOf: ({ name }) => name,
  labelOf: ({ name }) => name,
  async read({ store }) {
    const { settings: values, chosen } = readStored(await store.read.listSettings());
    return chosen.map((name) => ({ name, value: values[name] }));
  },
  adapt: (entries) => Promise.resolve(entries),
  // A setting that the file does not name is left as it is: there is nothing to remove.
  write({ added, changed }, { nowUs }) {
    const values = Object.fromEntries([...added, ...changed].map(({ name, value }) => [name, value]));
    if (Object.keys(values).length === 0) return Promise.resolve([]);
    return Promise.resolve([
      { name: 'setSettings', args: [toStored(values as Partial<ApplicationSettings>), nowUs] },
    ]);
  },
};
