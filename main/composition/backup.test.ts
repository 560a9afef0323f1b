import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Audit } from '../audit/audit';
import { DisposableStore } from '../base/disposable';
import { silentLogger } from '../base/logger';
import { SimulatedClock } from '../base/simulatedClock';
import { openSettings } from '../settings/settings';
import { openStore } from '../store/store';
import { optionsFor, temporaryFolder, uuid } from '../store/testing/fixtures';
import { hashPassword, verifyPassword } from '../users/argon2';
import type { Passwords } from '../users/passwords';
import { WorkstationSession } from '../users/workstationSession';
import type { BackupParts } from './backup';
import { createBackup } from './backup';
import type { Ground } from './ground';

const PASSWORD = 'correct horse battery';
const WINDOW = '1';
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };

/** Stands for the parts that look again after a restore; each of them is tested where it lies. */
const parts = {
  kernel: { cameras: { reload: () => Promise.resolve() } },
  core: { reconcile: () => Promise.resolve() },
  layouts: { reload: () => undefined },
  preferences: { reload: () => Promise.resolve() },
  events: () => ({ active: () => Promise.reject(new Error('not open')) }),
  onRestoring: () => undefined,
} as unknown as BackupParts;

test('who is signed in has at once the rights that a restored file leaves them', async () => {
  const folder = await temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const store = await openStore(optionsFor(dataDir));
  onTestFinished(() => store.dispose());
  const [clock, log] = [new SimulatedClock(), silentLogger()];
  const audit = new Audit(store, clock, log);
  const passwords = {
    hash: (password: string) => hashPassword(password, cost),
    verify: async (password: string, encoded: string) => ({
      ...(await verifyPassword(password, encoded, false)),
      upgraded: null,
    }),
  } as unknown as Passwords;
  const session = await WorkstationSession.open({
    ...{ store, clock, audit, passwords, log, mayAsk: true },
    settings: () => ({ lockAfterMinutes: null, showsWall: true }),
  });
  onTestFinished(() => session.dispose());
  await session.setUp({ mode: 'sign-in', name: 'Anna', password: PASSWORD });
  const file = path.join(folder, 'backup.json');
  const dialogs = { saveFile: () => Promise.resolve(file), openFile: () => Promise.resolve(file) };
  const backup = createBackup(
    {
      ...{ store, audit, clock, owned: new DisposableStore() },
      settings: await openSettings({ store, clock, log, environment: {} }),
      options: {
        ...{ dialogs, dataDir, log, workersDir: path.resolve('dist/workers'), versions: { app: '0.1.0' } },
      },
    } as unknown as Ground,
    { ...parts, session },
  );
  const ben = { id: uuid(70), name: 'Ben', access: 'all' as const, cameras: [], nowUs: 1 };
  await store.write.createUser({ ...ben, role: 'viewer', password: await passwords.hash(PASSWORD) });
  await backup.create({});
  await store.write.updateUser(ben.id, { role: 'administrator' });
  await session.signIn('Ben', PASSWORD);
  const restore = async () => {
    const { opened } = await backup.open(WINDOW);
    await backup.restore({ token: opened?.token ?? '', remove_missing: true }, WINDOW);
  };
  await restore();
  expect(session.operator).toMatchObject({ name: 'Ben', role: 'viewer' });
});
