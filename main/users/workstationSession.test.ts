import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Audit } from '../audit/audit';
import { SimulatedClock } from '../base/simulatedClock';
import { silentLogger } from '../base/logger';
import { openStore } from '../store/store';
import { optionsFor, temporaryFolder, uuid } from '../store/testing/fixtures';
import type { Store } from '../store/types';
import { delaySeconds } from './attempts';
import { hashPassword, verifyPassword } from './argon2';
import { Passwords } from './passwords';
import { Users } from './users';
import { WorkstationSession } from './workstationSession';

const RIGHT = 'correct horse battery';

/** A store whose writes fail while the database is full, and whose reads of users wait while `held`. */
function interruptible(real: Store) {
  const database = { isFull: false, held: null as Promise<void> | null };
  const write = new Proxy(real.write, {
    get: (target, name: keyof Store['write']) =>
      database.isFull ? () => Promise.reject(new Error('database or disk is full')) : target[name],
  });
  const read = new Proxy(real.read, {
    get: (target, name: keyof Store['read']) =>
      name !== 'getUser'
        ? target[name]
        : async (id: string) => {
            const row = await target.getUser(id);
            await database.held;
            return row;
          },
  });
  const store = new Proxy(real, {
    get: (target, name: keyof Store) => (name === 'write' ? write : name === 'read' ? read : target[name]),
  });
  return { store, database };
}

/** Real hashes that cost next to nothing; one test takes the real thing. */
const cheap = {
  hash: (password: string) => hashPassword(password, { memoryKiB: 64, passes: 1, lanes: 1 }),
  verify: async (password: string, encoded: string | null) => ({
    ...(encoded === null ? { isRight: false } : await verifyPassword(password, encoded, false)),
    upgraded: null,
  }),
} as unknown as Passwords;

async function workstation(mayAsk = true, passwords: Passwords = cheap) {
  const real = await openStore(optionsFor(await temporaryFolder()));
  onTestFinished(() => real.dispose());
  const { store, database } = interruptible(real);
  const clock = new SimulatedClock();
  const audit = new Audit(store, clock, silentLogger());
  const settings = { lockAfterMinutes: null as number | null, showsWall: true };
  const open = async () => {
    const session = await WorkstationSession.open({
      ...{ store, clock, audit, passwords, log: silentLogger(), mayAsk },
      settings: () => settings,
    });
    onTestFinished(() => session.dispose());
    return session;
  };
  const session = await open();
  const users = new Users({ store, clock, passwords, session });
  const entries = async () =>
    (await store.read.listAudit({ limit: 100, ascending: true })).map(
      ({ action, outcome, userName }) => `${userName} ${action} ${outcome}`,
    );
  return { store, database, clock, session, users, settings, open, entries };
}

const code = (value: string) => ({
  kind: 'forbidden',
  details: expect.objectContaining({ code: value }) as unknown,
});

describe('a first start', () => {
  test('works with all rights until somebody has chosen', async () => {
    const { session } = await workstation();
    expect(session.state()).toMatchObject({
      mode: 'undecided',
      user: { name: 'alex', role: 'administrator' },
    });
    expect(session.state().rights).toContain('users.manage');
    await expect(session.lock()).rejects.toMatchObject({ kind: 'conflict' });
    await session.setUp({ mode: 'single' });
    expect(session.mode).toBe('single');
  });

  test('where nobody may be asked it is used without signing in', async () => {
    expect((await workstation(false)).session.mode).toBe('single');
  });

  test('the administrator made then is signed in, and has to after a restart', async () => {
    const { session, open } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    expect(session.state()).toMatchObject({
      mode: 'sign-in',
      user: { name: 'Robin', role: 'administrator' },
    });
    const later = await open();
    expect(later.state()).toMatchObject({ mode: 'sign-in', user: null, rights: [] });
    await later.signIn(' robin ', RIGHT);
    expect(later.operator?.name).toBe('Robin');
  });
});

describe('signing in', () => {
  test('refuses wrong passwords and unknown names alike, waits longer and longer, and writes it', async () => {
    const { session, clock, entries } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await session.signOut();
    for (const name of ['Robin', 'Nobody'])
      for (let n = 0; n < 3; n += 1)
        await expect(session.signIn(name, 'x')).rejects.toMatchObject({
          ...code('wrong'),
          message: 'Name or password is wrong.',
        });
    await expect(session.signIn('Robin', RIGHT)).rejects.toMatchObject(code('wait'));
    await clock.advance(delaySeconds(3) * 1000);
    await session.signIn('Robin', RIGHT);
    expect(session.operator?.name).toBe('Robin');
    expect(await entries()).toEqual([
      'Robin session.sign-out done',
      ...Array<string>(3).fill('Robin session.sign-in refused'),
      ...Array<string>(3).fill('Nobody session.sign-in refused'),
      'Robin session.sign-in refused',
      'Robin session.sign-in done',
    ]);
  }, 60_000);

  test('the waiting outlives a restart and grows', async () => {
    expect([1, 2, 3, 4, 5, 12, 40].map(delaySeconds)).toEqual([0, 0, 2, 4, 8, 300, 300]);
    const { session, open } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await session.signOut();
    for (let n = 0; n < 3; n += 1) await expect(session.signIn('Robin', 'x')).rejects.toThrow();
    const later = await open();
    await expect(later.signIn('Robin', RIGHT)).rejects.toMatchObject(code('wait'));
  }, 60_000);

  test('works while the database cannot be written, and wrong passwords wait all the same', async () => {
    const upgrading = {
      hash: cheap.hash,
      verify: async (password: string, encoded: string) => ({
        ...(await cheap.verify(password, encoded)),
        upgraded: await cheap.hash(password),
      }),
    } as unknown as Passwords;
    const { session, database, clock } = await workstation(true, upgrading);
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await session.signOut();
    database.isFull = true;
    for (let n = 0; n < 3; n += 1)
      await expect(session.signIn('Robin', 'x')).rejects.toMatchObject(code('wrong'));
    await expect(session.signIn('Robin', RIGHT)).rejects.toMatchObject(code('wait'));
    await clock.advance(delaySeconds(3) * 1000);
    await session.signIn('Robin', RIGHT);
    expect(session.operator?.name).toBe('Robin');
    await session.lock();
    await session.unlock(RIGHT);
    expect(session.isLocked).toBe(false);
  }, 30_000);

  test('makes a hash anew that is cheaper than what is made today', async () => {
    const real = new Passwords(path.resolve('dist/workers/password.worker.cjs'));
    const { session, store } = await workstation(true, real);
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    const { id } = await store.read.localUser();
    await store.write.setPassword(id, await hashPassword(RIGHT, { memoryKiB: 1024, passes: 1, lanes: 1 }));
    await session.signOut();
    await session.signIn('Robin', RIGHT);
    expect(await store.read.getPasswordHash(id)).toContain('$m=65536,t=3,p=1$');
  }, 30_000);
});

describe('a session', () => {
  test('locks by hand and after idle minutes, and opens with the password only', async () => {
    const { session, clock, settings, entries } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await session.lock();
    expect(session.isLocked).toBe(true);
    await expect(session.unlock('wrong')).rejects.toMatchObject(code('wrong'));
    await session.unlock(RIGHT);
    settings.lockAfterMinutes = 5;
    session.touch();
    await clock.advance(4 * 60_000);
    session.touch();
    await clock.advance(4 * 60_000);
    expect(session.isLocked).toBe(false);
    await clock.advance(60_000);
    expect(session.isLocked).toBe(true);
    expect(await entries()).toContain('Robin session.lock done');
  }, 30_000);

  test('feels what an administrator changes, at once', async () => {
    const { session, users } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    const kim = await users.create({
      name: 'Kim',
      role: 'operator',
      password: RIGHT,
      access: 'all',
      cameras: [],
    });
    await session.signIn('Kim', RIGHT);
    await users.update({ id: kim.id, role: 'viewer' });
    expect(session.operator?.role).toBe('viewer');
    await users.update({ id: kim.id, is_disabled: true });
    expect(session.operator).toBeNull();
    await expect(session.signIn('Kim', RIGHT)).rejects.toMatchObject(code('wrong'));
  }, 30_000);

  test('a look at changed rights undoes neither signing out nor a switch of users', async () => {
    const { session, users, database } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await users.create({ name: 'Kim', role: 'operator', password: RIGHT, access: 'all', cameras: [] });
    const during = async (work: () => Promise<void>) => {
      let goOn = (): void => undefined;
      database.held = new Promise<void>((resolve) => (goOn = resolve));
      const refreshed = session.refresh();
      await work();
      goOn();
      await refreshed;
      return session.operator?.name ?? null;
    };
    expect(await during(() => session.signIn('Kim', RIGHT))).toBe('Kim');
    expect(await during(() => session.signOut())).toBeNull();
  }, 30_000);

  test('the last administrator stays one', async () => {
    const { session, users, store } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    const { id } = await store.read.localUser();
    for (const work of [
      () => users.update({ id, role: 'viewer' }),
      () => users.update({ id, is_disabled: true }),
      () => users.delete(id),
    ])
      await expect(work()).rejects.toMatchObject({ kind: 'conflict' });
    await expect(
      users.create({ name: 'ROBIN', role: 'viewer', password: RIGHT, access: 'all', cameras: [] }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  }, 30_000);

  test('an administrator who has no password yet does not stand in for the last one', async () => {
    const { session, users, store } = await workstation();
    const sam = { id: uuid(70), name: 'Sam', role: 'administrator' as const, access: 'all' as const };
    await store.write.createUser({ ...sam, cameras: [], password: null, nowUs: 1 });
    const { id } = await store.read.localUser();
    // Where nobody signs in, nobody needs a password.
    await users.update({ id, role: 'viewer' });
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    for (const work of [() => users.update({ id, role: 'viewer' }), () => users.delete(id)])
      await expect(work()).rejects.toMatchObject({ kind: 'conflict' });
    await users.resetPassword(sam.id, RIGHT);
    await users.update({ id, role: 'viewer' });
  }, 30_000);

  test('a lost administrator is reset by who has the files', async () => {
    const { session, users, store, open } = await workstation();
    await session.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    await users.create({ name: 'Kim', role: 'administrator', password: RIGHT, access: 'all', cameras: [] });
    await users.delete((await store.read.localUser()).id);
    await store.write.resetAdministrator();
    const later = await open();
    expect(later.mode).toBe('undecided');
    await later.setUp({ mode: 'sign-in', name: 'Robin', password: RIGHT });
    expect((await users.list()).map(({ name }) => name)).toEqual(['Kim', 'Robin']);
  }, 30_000);
});
