import { readdirSync } from 'node:fs';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../base/logger';
import { acquireInstanceLock } from './instanceLock';
import type { InstanceLock } from './instanceLock';
import { openStore } from './store';
import { runChild } from './testing/child';
import { openFilesBelow, optionsFor, temporaryFolder, workerPath } from './testing/fixtures';

let dataDir = '';
beforeEach(async () => {
  dataDir = await temporaryFolder();
});

async function acquire(): Promise<InstanceLock> {
  const lock = await acquireInstanceLock({ dataDir, workerPath, log: silentLogger() });
  onTestFinished(() => lock.dispose());
  return lock;
}

const inUse = expect.objectContaining({
  kind: 'conflict',
  message: expect.stringMatching(/already open in another window or process/) as string,
  details: expect.objectContaining({}) as object,
}) as Error;

test('one holder per folder within a process, free again after it is disposed', async () => {
  const lock = await acquire();
  await expect(acquire()).rejects.toEqual(inUse);
  await expect(openStore(optionsFor(dataDir))).rejects.toEqual(inUse);
  expect(readdirSync(dataDir)).toEqual(['instance.lock']);
  await lock.dispose();
  await lock.dispose();
  expect(await openFilesBelow(dataDir)).toEqual([]);
  await acquire();
});

test('a refused attempt does not weaken the holder', async () => {
  await acquire();
  for (let attempt = 0; attempt < 2; attempt++) await expect(acquire()).rejects.toEqual(inUse);
  const child = await runChild('holdLock.program.ts', [dataDir, workerPath]);
  expect(await child.nextLine()).toContain('already open');
});

test('a second process is refused, by name of the folder, until the first is gone; SIGKILL releases', async () => {
  const child = await runChild('holdLock.program.ts', [dataDir, workerPath]);
  expect(await child.nextLine()).toBe('held');
  await expect(acquire()).rejects.toEqual(inUse);
  await expect(acquire()).rejects.toThrow(dataDir);
  await child.kill();
  await acquire();
  const second = await runChild('holdLock.program.ts', [dataDir, workerPath]);
  expect(await second.nextLine()).toMatch(/"kind":"conflict".*already open in another window/);
});

test('a store takes the lock for its lifetime, or uses the one it is given', async () => {
  const own = await openStore(optionsFor(dataDir));
  await expect(acquire()).rejects.toEqual(inUse);
  await own.dispose();
  const lock = await acquire();
  const store = await openStore({ ...optionsFor(dataDir), lock });
  await store.dispose();
  await expect(acquire()).rejects.toEqual(inUse);
});
