// The writer of a ring by itself, compiled as the addon is; the figures are those of `npm run bench -- ring`.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createFrameRing, openFrameRing } from '../../native';
import { compileProgram, optimised, runProgram } from '../../native/test/compile';
import { ringPath } from '../../main/kernel/frames/sharedMemory';

async function measured(...args: (string | number)[]): Promise<Record<string, number[] & number>> {
  const file = await compileProgram({ program: 'ring_bench.cpp', flags: optimised });
  return JSON.parse(await runProgram(file, args.map(String), 120_000)) as Record<string, number[] & number>;
}
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

it('INV-16: publishing allocates nothing', async () => {
  const { allocations, check, frames } = await measured('allocations', 500);
  expect(check, 'an allocation made on purpose is seen').toBe(1);
  expect(frames).toBe(500);
  expect(allocations).toBe(0);
}, 150_000);

it('INV-18, INV-31: stopped and crashed readers do not slow the writer', async () => {
  const { alone_ns, with_readers_ns } = await measured('stalled', 9, 8, 3);
  // The bar of the benchmark is 1.05 on a quiet machine; a writer that waited would take for ever.
  expect(median(with_readers_ns ?? [])).toBeLessThan(2 * median(alone_ns ?? []));
}, 150_000);

it('INV-17: nothing in the writer locks, waits or sleeps', () => {
  const folder = path.resolve('native/src/frames');
  const sources = readdirSync(folder).filter((name) =>
    /^(ring_writer|pixel_copy|layout)\.(cpp|h)$/.test(name),
  );
  expect(sources.length).toBeGreaterThanOrEqual(4);
  for (const name of sources)
    expect(
      readFileSync(path.join(folder, name), 'utf8').match(
        /\b(mutex|lock_guard|unique_lock|condition_variable|futex|semaphore|sem_wait|pthread_\w*lock|usleep|nanosleep|sleep_for|poll|select)\b/,
      )?.[0],
      name,
    ).toBeUndefined();
});

it('INV-15: the memory of a ring is what its capacity says, before and after thousands of frames', () => {
  const cameraId = `inv-15-${String(process.pid)}`;
  const file = ringPath(cameraId);
  const [width, height, capacity] = [320, 180, 4];
  const data = new Uint8Array(width * height * 1.5).fill(80);
  const ring = createFrameRing(file, { cameraId, maxPictureBytes: data.byteLength, capacity });
  const reader = openFrameRing(file);
  try {
    const publish = () =>
      ring.publish({ data, width, height, ptsUs: 0, wallUs: 0, matrix: 'bt601', range: 'limited' });
    const memory = () => ({ bytes: statSync(file).size, blocks: statSync(file).blocks });
    const before = memory();
    for (let count = 0; count < 200; count++) publish();
    const external = process.memoryUsage().external;
    for (let count = 0; count < 5_000; count++) publish();
    expect(memory()).toEqual(before);
    expect(reader.facts().capacity).toBe(capacity);
    expect(process.memoryUsage().external - external).toBeLessThan(capacity * data.byteLength);
  } finally {
    reader.close();
    ring.close();
  }
});
