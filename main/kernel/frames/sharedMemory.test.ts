import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFrameRing } from '../../../native';
import { silentLogger } from '../../base/logger';
import { defaultBudget, ringBytes, RingBudget, ringPath, sweepRings } from './sharedMemory';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-rings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const id = '00000000-0000-4000-8000-00000000000';

it('names a ring after its camera, and nothing else', () => {
  expect(ringPath(`${id}1`)).toBe(`/dev/shm/vas_frames_${id}1`);
  for (const wrong of ['', '../x', 'A', 'a/b', 'x'.repeat(64)])
    expect(() => ringPath(wrong)).toThrow(RangeError);
});

it('knows the size of a ring before it is made', async () => {
  for (const [width, height, capacity] of [
    [1920, 1080, 8],
    [641, 361, 3],
  ] as const) {
    const file = ringPath(`${id}2`, folder);
    const pixels = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
    const ring = createFrameRing(file, { cameraId: 'a', maxPictureBytes: pixels, capacity });
    expect((await stat(file)).size).toBe(ringBytes(capacity, width, height));
    ring.close();
  }
});

it('grants no more than there is, and takes back', async () => {
  const budget = new RingBudget(100);
  expect([budget.grant('a', 60), budget.grant('b', 50), budget.grant('b', 40)]).toEqual([true, false, true]);
  expect(budget.free).toBe(0);
  // A camera's new ring takes the place of its old one.
  expect([budget.grant('a', 55), budget.free]).toEqual([true, 5]);
  budget.release('b');
  expect(budget.free).toBe(45);
  expect(await defaultBudget()).toBeGreaterThan(0);
});

it('sweeps rings whose writer is gone, and no others (INV-33)', async () => {
  const alive = ringPath(`${id}3`, folder);
  const dead = ringPath(`${id}4`, folder);
  const ring = createFrameRing(alive, { cameraId: 'a', maxPictureBytes: 96 });
  const script = `
    require(${JSON.stringify(path.resolve('native'))}).createFrameRing(${JSON.stringify(dead)}, { cameraId: 'b', maxPictureBytes: 96 });
    console.log('made');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  // While both writers live, both stay.
  expect(await sweepRings(silentLogger(), folder)).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await writeFile(ringPath(`${id}5`, folder), 'half');
  await writeFile(path.join(folder, 'somebody_elses'), '');
  expect((await sweepRings(silentLogger(), folder)).sort()).toEqual([dead, ringPath(`${id}5`, folder)]);
  expect((await readdir(folder)).sort()).toEqual(['somebody_elses', path.basename(alive)]);
  ring.close();
});
