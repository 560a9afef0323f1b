import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { preferences as schema } from '../../contract/preferences';
import { silentLogger } from '../base/logger';
import { SimulatedClock } from '../base/simulatedClock';
import { openStore } from '../store/store';
import { optionsFor, temporaryFolder } from '../store/testing/fixtures';
import { createPreferences } from './preferences';

async function open(dataDir: string) {
  const store = await openStore(optionsFor(dataDir));
  onTestFinished(() => store.dispose());
  return { store, preferences: createPreferences(store, new SimulatedClock(), silentLogger()) };
}

test('keeps what was set across a restart, for this user, and tells every window', async () => {
  const dataDir = path.join(await temporaryFolder(), 'data');
  const first = await open(dataDir);
  expect(await first.preferences.get()).toEqual({});
  const push = vi.fn();
  const stop = first.preferences.subscribe(push);
  await vi.waitFor(() => expect(push).toHaveBeenCalledWith({}), 15_000);
  const keys = { 'tile.clip': ['K', 'Ctrl+K'] };
  expect(await first.preferences.set({ keys })).toEqual({ keys });
  expect(push).toHaveBeenLastCalledWith({ keys });
  stop();
  await first.preferences.set({ keys: {} });
  expect(push).toHaveBeenCalledTimes(2);
  await first.preferences.set({ keys });
  const { id } = await first.store.read.localUser();
  expect(Object.keys(await first.store.read.listSettings())).toEqual([`user.${id}.keys`]);
  await first.store.dispose();

  const second = await open(dataDir);
  expect(await second.preferences.get()).toEqual({ keys });
});

test('a stored value of another version counts as not set', async () => {
  const { store, preferences } = await open(path.join(await temporaryFolder(), 'data'));
  const { id } = await store.read.localUser();
  for (const broken of ['{', '7', '{"a":"b"}']) {
    await store.write.setSetting(`user.${id}.keys`, broken, 1);
    expect(await preferences.get(), broken).toEqual({});
  }
});

test('refuses what is too large', async () => {
  const { preferences } = await open(path.join(await temporaryFolder(), 'data'));
  const long = Array.from({ length: 4 }, (_none, at) => `${String(at)}${'\u20ac'.repeat(39)}`);
  const keys = Object.fromEntries(Array.from({ length: 300 }, (_none, at) => [`a.${String(at)}`, long]));
  expect(schema.safeParse({ keys }).success).toBe(true);
  await expect(preferences.set({ keys })).rejects.toMatchObject({ kind: 'invalid' });
  expect(await preferences.get()).toEqual({});
});

test.each([
  [{ keys: { 'A B': ['K'] } }],
  [{ keys: { a: ['\u0000'] } }],
  [{ keys: { a: ['1', '2', '3', '4', '5'] } }],
  [{ keys: Object.fromEntries(Array.from({ length: 301 }, (_none, at) => [`a${String(at)}`, []])) }],
  [{ unknown: 1 }],
])('the contract refuses %j', (value) => expect(schema.safeParse(value).success).toBe(false));
