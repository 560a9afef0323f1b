import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { openStore } from './store';
import { NOW_US, device, optionsFor, segment, uuid } from './testing/fixtures';

// A look at throughput through the real threads: `npx vitest bench --run main/store`. Nothing is asserted.
const dataDir = mkdtempSync(path.join(tmpdir(), 'vas-store-bench-'));
const store = await openStore(optionsFor(dataDir));
await store.write.createDevice(device(1));
const MINUTE_US = 60_000_000;
let next = 0;
const insertNext = () => store.write.insertSegment(segment(uuid(1), next++ * MINUTE_US, next * MINUTE_US));
for (let n = 0; n < 20_000; n++) await insertNext();

afterAll(async () => {
  await store.dispose();
  await rm(dataDir, { recursive: true });
});

describe('store with 20,000 segments', () => {
  bench('insert one segment, durable', async () => void (await insertNext()));
  bench('insert 64 segments at once', async () => {
    await Promise.all(Array.from({ length: 64 }, insertNext));
  });
  bench('a day of the time line', async () => {
    await store.read.findSegments(uuid(1), 5_000 * MINUTE_US, 6_440 * MINUTE_US);
  });
  bench('one minute of the time line', async () => {
    await store.read.findSegments(uuid(1), 5_000 * MINUTE_US, 5_001 * MINUTE_US);
  });
  bench('days', async () => void (await store.read.recordedDays(uuid(1))));
  bench('oldest 100', async () => {
    await store.read.oldestSegments({ endBeforeUs: NOW_US, limit: 100 });
  });
  bench('recorded bytes', async () => void (await store.read.recordedBytes()));
});
