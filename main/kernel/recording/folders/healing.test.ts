import { beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../base/logger';
import type { HealContext, HealReport } from '../heal';
import { healIncoming } from '../heal';
import { Healing } from './healing';
import type { StorageFolder } from './storageFolders';

vi.mock('../heal');

const DEFAULT: StorageFolder = { id: 'a', path: '/data/recordings', isDefault: true };
const DISK: StorageFolder = { id: 'b', path: '/mnt/disk', isDefault: false };
const NOTHING: HealReport = { registered: 0, discarded: 0, quarantined: 0 };

let healing: Healing;
let healed: string[];
/** Healing these folders fails. */
let broken: Set<string>;

beforeEach(() => {
  healing = new Healing({ log: silentLogger() } as unknown as Omit<HealContext, 'root'>);
  healed = [];
  broken = new Set();
  vi.mocked(healIncoming).mockImplementation(({ root }) => {
    healed.push(root);
    return broken.has(root)
      ? Promise.reject(new Error('EIO'))
      : Promise.resolve({ ...NOTHING, registered: 1 });
  });
});

it('heals the other folders although one cannot be healed', async () => {
  broken.add(DEFAULT.path);
  expect(await healing.all([DEFAULT, DISK])).toEqual({ ...NOTHING, registered: 1 });
  expect(healed).toEqual([DEFAULT.path, DISK.path]);
});

it.each([DEFAULT, DISK])('heals a folder once, before it is written ($path)', async (folder) => {
  await Promise.all([healing.late(folder), healing.late(folder)]);
  expect(await healing.all([folder])).toEqual(NOTHING);
  await healing.late(folder);
  expect(healed).toEqual([folder.path]);
});

it('tries a folder again that could not be healed, so that a failure that passes does not refuse it', async () => {
  broken.add(DISK.path);
  await healing.all([DISK]);
  await expect(healing.late(DISK)).rejects.toThrow('EIO');
  broken.clear();
  await healing.late(DISK);
  await healing.late(DISK);
  expect(healed).toHaveLength(3);
});
