// In a file, and so in a process, of its own: nothing else here may load the addon.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { Store } from '../../store/types';
import type { ChildRegistry } from '../process/registry';
import { openFrameExport } from './openFrameExport';

const maps = () => readFileSync('/proc/self/maps', 'utf8');
const count = (folder: string) => readdirSync(folder).length;

it('with the flag off nothing of the frame export exists (INV-02, INV-03)', async () => {
  const before = { threads: count('/proc/self/task'), descriptors: count('/proc/self/fd') };
  const nothing = new Proxy({}, { get: () => expect.unreachable('asked for with the flag off') });
  const frames = await openFrameExport({
    store: nothing as Store,
    registry: nothing as ChildRegistry,
    ffmpegPath: '/nowhere',
    capacity: null,
    onMotion: () => undefined,
    openSub: () => Promise.reject(new Error('asked for with the flag off')),
    clock: new SimulatedClock(),
    log: silentLogger(),
  });
  expect(frames).toBeNull();
  expect(maps()).not.toContain('vas_native');
  expect(count('/proc/self/task')).toBeLessThanOrEqual(before.threads + 4); // libuv's pool, started by the sweep
  expect(count('/proc/self/fd')).toBe(before.descriptors);
  // That the check would see it.
  const { loadAddon } = await import('./addon');
  await loadAddon();
  expect(maps()).toContain('vas_native');
});
