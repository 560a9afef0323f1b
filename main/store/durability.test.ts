import { expect, onTestFinished, test } from 'vitest';
import { openStore } from './store';
import { runChild } from './testing/child';
import { device, optionsFor, segment, temporaryFolder, uuid, workerPath } from './testing/fixtures';

test('after SIGKILL every acknowledged segment is there and the folder opens at once', async () => {
  const dataDir = await temporaryFolder();
  const child = await runChild('insertUntilKilled.program.ts', [
    dataDir,
    workerPath,
    JSON.stringify(device(1)),
    JSON.stringify(segment(uuid(1), 0, 1)),
  ]);
  let acknowledged = 0;
  while (acknowledged < 200) acknowledged = Number(await child.nextLine());
  await child.kill();
  const store = await openStore(optionsFor(dataDir));
  onTestFinished(() => store.dispose());
  const rows = await store.read.findSegments(uuid(1), 0, Number.MAX_SAFE_INTEGER);
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
  expect(rows.map(({ startUs }) => startUs)).toEqual(rows.map((_, n) => n * 1_000_000));
  expect(await store.read.recordedBytes(uuid(1))).toBe(rows.length * 1000);
  await store.write.insertSegment(segment(uuid(1), 10 ** 12, 10 ** 12 + 1));
});
