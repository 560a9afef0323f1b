import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../store';
import { NOW_US, optionsFor, temporaryFolder } from '../testing/fixtures';

const NOW_S = NOW_US / 1e6;

async function open() {
  const store = await openStore(optionsFor(path.join(await temporaryFolder(), 'data')));
  onTestFinished(() => store.dispose());
  return store;
}

test('minutes come back as they were kept, also with other names later', async () => {
  const store = await open();
  const first = { atS: NOW_S, names: ['a', 'b'], values: Float32Array.of(1.5, NaN) };
  const second = { atS: NOW_S + 60, names: ['b'], values: Float32Array.of(-7) };
  await store.write.saveHealthMinute(first, 0);
  await store.write.saveHealthMinute(second, 0);
  expect(await store.read.healthMinutes(NOW_S, NOW_S + 120)).toEqual([first, second]);
  expect(await store.read.healthMinutes(NOW_S + 60, NOW_S + 61)).toEqual([second]);
  expect(await store.read.healthMinutes(0, NOW_S)).toEqual([]);
});

test('what is too old goes, and a minute that is lived through twice is kept once', async () => {
  const store = await open();
  const minute = (atS: number, value: number) => ({ atS, names: ['a'], values: Float32Array.of(value) });
  await store.write.saveHealthMinute(minute(NOW_S, 1), 0);
  await store.write.saveHealthMinute(minute(NOW_S + 60, 2), 0);
  await store.write.saveHealthMinute(minute(NOW_S + 60, 3), NOW_S + 60);
  expect(await store.read.healthMinutes(0, NOW_S + 600)).toEqual([minute(NOW_S + 60, 3)]);
});

test('a view on shared memory takes only its own part along', async () => {
  const store = await open();
  const shared = new Float32Array(1000).fill(9);
  await store.write.saveHealthMinute({ atS: NOW_S, names: ['a'], values: shared.subarray(10, 11) }, 0);
  expect((await store.read.healthMinutes(0, NOW_S + 60))[0]?.values).toEqual(Float32Array.of(9));
});
