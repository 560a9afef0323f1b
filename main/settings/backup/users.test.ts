import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/store';
import { device, optionsFor, temporaryFolder, uuid } from '../../store/testing/fixtures';
import type { Store } from '../../store/types';
import { planRestore } from './plan';
import { users } from './sections/users';

async function workstation(): Promise<Store> {
  const store = await openStore(optionsFor(path.join(await temporaryFolder(), 'data')));
  onTestFinished(() => store.dispose());
  await store.write.createDevice(device(1));
  return store;
}

const HASH =
  '$argon2id$v=19$m=65536,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g';

const kim = {
  ...{ id: uuid(70), name: 'Kim', role: 'viewer' as const, access: 'chosen' as const, nowUs: 1 },
  cameras: [{ id: uuid(1), live: true, playback: true, export: false }],
};

const restoring = async (store: Store) => ({
  ...{
    store,
    nowUs: 5,
    cameraNames: new Map<string, string>(),
    sealedPasswords: new Map<string, Uint8Array>(),
  },
  // In the file the camera has another id.
  cameraIds: new Map([[uuid(9), uuid(1)]]),
  userId: (await store.read.localUser()).id,
});

test('users and rights are in a backup, and nothing of their passwords', async () => {
  const store = await workstation();
  await store.write.createUser({ ...kim, password: HASH });
  const entries = await users.read(await restoring(store));
  expect(entries).toContainEqual({
    ...{ name: 'Kim', role: 'viewer', access: 'chosen', is_disabled: false, cameras: kim.cameras },
  });
  expect(JSON.stringify(entries)).not.toMatch(/argon2|c2Fsd|password/);
});

test('who is new has no password, others keep theirs, whoever restores stays what they are', async () => {
  const store = await workstation();
  const own = await store.read.localUser();
  await store.write.createUser({
    ...kim,
    role: 'operator',
    access: 'all',
    cameras: [],
    password: HASH,
  });
  await store.write.createUser({ ...kim, id: uuid(71), name: 'Gone', cameras: [], password: null });
  const entries = [
    // As the file has it: the camera by its id there, and a camera that the file does not have.
    {
      ...users.schema.parse({
        name: 'kim',
        role: 'viewer',
        access: 'chosen',
        is_disabled: false,
        cameras: [],
      }),
    },
    { name: 'Sam', role: 'operator' as const, access: 'all' as const, is_disabled: true, cameras: [] },
    { name: own.name, role: 'viewer' as const, access: 'all' as const, is_disabled: true, cameras: [] },
  ];
  entries[0]?.cameras.push({ ...kim.cameras[0], id: uuid(9), live: true, playback: false, export: false });
  entries[0]?.cameras.push({ id: uuid(8), live: true, playback: true, export: true });
  const context = await restoring(store);
  const { changes, calls } = await planRestore({ users: entries }, context, true);
  expect(changes.find(({ section }) => section === 'users')).toEqual({
    ...{ section: 'users', added: ['Sam'], changed: ['kim'], removed: ['Gone'], same: 1 },
  });
  await store.transact(calls.filter(({ name }) => name.endsWith('User')));

  const now = await store.read.listUsers();
  expect(now.map(({ name }) => name).sort()).toEqual(['Sam', own.name, 'kim'].sort());
  expect(await store.read.findUser('kim')).toMatchObject({
    ...{ id: uuid(70), role: 'viewer', access: 'chosen', hasPassword: true },
    cameras: [{ id: uuid(1), live: true, playback: false, export: false }],
  });
  expect(await store.read.getPasswordHash(uuid(70))).toBe(HASH);
  expect(await store.read.findUser('Sam')).toMatchObject({ isDisabled: true, hasPassword: false });
  expect(await store.read.findUser(own.name)).toMatchObject({ role: own.role, isDisabled: false });
});

test('a first user who was deleted is neither made anew nor mixed up with who has the name now', async () => {
  const store = await workstation();
  const first = await store.read.localUser();
  const administrator = { ...kim, role: 'administrator' as const, access: 'all' as const, cameras: [] };
  await store.write.createUser({ ...administrator, password: HASH });
  const context = await restoring(store);
  await store.write.deleteUser(first.id, 4);
  const userCalls = async () => {
    const entries = await users.read(context);
    const { calls } = await planRestore({ users: [...entries] }, context, false);
    return calls.filter(({ name }) => name.endsWith('User'));
  };
  expect(await userCalls()).toEqual([]);
  await store.write.createUser({ ...administrator, id: uuid(71), name: first.name, password: HASH });
  expect(await userCalls()).toEqual([]);
});

test('a backup from before there were users changes none of them', async () => {
  const store = await workstation();
  await store.write.createUser({ ...kim, password: null });
  const own = await store.read.localUser();
  const plan = await planRestore({ users: [] }, await restoring(store), true);
  expect(plan.calls.filter(({ name }) => name.endsWith('User'))).toEqual([]);
  expect((await store.read.findUser(own.name))?.role).toBe('administrator');
});
