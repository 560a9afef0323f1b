import { expect, it } from 'vitest';
import { readSwitches, storeSwitches } from './switches';

it('INV-79: snapshots are on and clips are off until somebody switches either, alone', async () => {
  const kept = new Map<string, string>();
  const store = {
    read: { getSetting: (key: string) => Promise.resolve(kept.get(key) ?? null) },
    write: { setSetting: (key: string, value: string) => Promise.resolve(void kept.set(key, value)) },
  } as unknown as Parameters<typeof readSwitches>[0] & Parameters<typeof storeSwitches>[0];
  expect(await readSwitches(store)).toEqual({ snapshots: true, clips: false });
  for (const snapshots of [false, true])
    for (const clips of [true, false]) {
      await storeSwitches(store, { snapshots, clips }, 1);
      expect(await readSwitches(store), 'as after a restart').toEqual({ snapshots, clips });
    }
});
