import { z } from 'zod';
import { groupName } from '../../../../contract/groups';
import type { BackupSection } from './section';

const schema = z.object({ name: groupName }).strict();
type Group = z.infer<typeof schema>;

const keyOf = ({ name }: Group): string => name.toLowerCase();

/** Names only: which cameras belong to a group stands with the cameras. */
export const groups: BackupSection<Group> = {
  name: 'groups',
  schema,
  keyOf,
  labelOf: ({ name }) => name,
  read: async ({ store }) => (await store.read.listGroups()).map(({ name }) => ({ name })),
  adapt: (entries) => Promise.resolve(entries),
  async write({ added, changed, removed }, { store, nowUs }) {
    const idOf = new Map((await store.read.listGroups()).map((group) => [keyOf(group), group.id]));
    return [
      ...removed.map((entry) => ({ name: 'deleteGroup', args: [idOf.get(keyOf(entry)) ?? ''] }) as const),
      ...changed.map(
        (entry) =>
          ({ name: 'renameGroup', args: [idOf.get(keyOf(entry)) ?? '', entry.name, nowUs] }) as const,
      ),
      ...added.map(({ name }) => ({ name: 'createGroup', args: [name, [], nowUs] }) as const),
    ];
  },
};
