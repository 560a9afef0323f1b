import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { uuid } from '../../../../contract/common';
import { userName, userRole } from '../../../../contract/users';
import type { WriteCall } from '../../../store/protocol';
import type { UserRow } from '../../../store/types';
import type { BackupSection } from './section';

const schema = z
  .object({
    name: userName,
    role: userRole,
    access: z.enum(['all', 'chosen']),
    is_disabled: z.boolean(),
    cameras: z
      .array(z.object({ id: uuid, live: z.boolean(), playback: z.boolean(), export: z.boolean() }).strict())
      .max(1000),
  })
  .strict();
type BackupUser = z.infer<typeof schema>;

const keyOf = ({ name }: Pick<BackupUser, 'name'>): string => name.toLowerCase();
const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);

const entryOf = ({ name, role, access, isDisabled, cameras }: UserRow): BackupUser => ({
  ...{ name, role, access, is_disabled: isDisabled },
  cameras: cameras.map((one) => ({ ...one })).sort(byId),
});

/**
 * Who may do what, by name, and never a password nor its hash, which could be attacked where the file lies: who is
 * new here gets a password from an administrator, others keep theirs. Whoever restores stays what they are.
 */
export const users: BackupSection<BackupUser> = {
  name: 'users',
  schema,
  keyOf,
  labelOf: ({ name }) => name,
  read: async ({ store }) => (await store.read.listUsers()).map(entryOf),
  async adapt(entries, { store, cameraIds, userId }) {
    // A file from before there were users says nothing of them.
    if (entries.length === 0) return (await store.read.listUsers()).map(entryOf);
    const found = await store.read.getUser(userId);
    // Who was deleted meanwhile is nobody: not to be made anew, nor to be taken for who has that name now.
    const own = found === null || found.deletedUs !== null ? null : found;
    const others = entries.filter((entry) => own === null || keyOf(entry) !== keyOf(own));
    const here = others.map((entry) => ({
      ...entry,
      cameras: entry.cameras
        .flatMap((one) => {
          const id = cameraIds.get(one.id);
          return id === undefined ? [] : [{ ...one, id }];
        })
        .sort(byId),
    }));
    return own === null ? here : [...here, entryOf(own)];
  },
  async write({ added, changed, removed }, { store, nowUs }) {
    const idOf = new Map((await store.read.listUsers()).map((row) => [keyOf(row), row.id]));
    const id = (entry: BackupUser) => idOf.get(keyOf(entry)) ?? '';
    const calls: WriteCall[] = [];
    for (const { is_disabled: isDisabled, ...entry } of added) {
      const fresh = randomUUID();
      calls.push({ name: 'createUser', args: [{ ...entry, id: fresh, password: null, nowUs }] });
      if (isDisabled) calls.push({ name: 'updateUser', args: [fresh, { isDisabled }] });
    }
    for (const entry of changed) {
      const { is_disabled: isDisabled, ...rest } = entry;
      calls.push({ name: 'updateUser', args: [id(entry), { ...rest, isDisabled }] });
    }
    for (const entry of removed) calls.push({ name: 'deleteUser', args: [id(entry), nowUs] });
    return calls;
  },
};
