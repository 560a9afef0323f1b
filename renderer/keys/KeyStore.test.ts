import { expect, test, vi } from 'vitest';
import { KeyStore } from './KeyStore';

function memory(initial: Readonly<Record<string, string>> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}
const kept = () => Promise.resolve();

test('a changed key is in force at once, and in the next window before the main process answers', async () => {
  const storage = memory();
  const store = new KeyStore(storage);
  const listener = vi.fn();
  store.subscribe(listener);
  const save = vi.fn(kept);
  const pending = store.change('tile.clip', ['Ctrl+Alt+K'], save);
  expect(store.keys('tile.clip')).toEqual(['Ctrl+Alt+K']);
  await pending;
  expect(save).toHaveBeenCalledWith({ 'tile.clip': ['Ctrl+Alt+K'] });
  expect(listener).toHaveBeenCalledOnce();
  expect(new KeyStore(storage).keys('tile.clip')).toEqual(['Ctrl+Alt+K']);
});

test('what could not be kept is taken back', async () => {
  const store = new KeyStore(memory());
  await expect(
    store.change('tile.clip', ['Ctrl+Alt+K'], () => Promise.reject(new Error('the disk is full'))),
  ).rejects.toThrow('the disk is full');
  expect(store.keys('tile.clip')).toEqual(['C']);
});

test('what the main process has replaces the copy', async () => {
  const storage = memory();
  const store = new KeyStore(storage);
  await store.change('tile.clip', ['Ctrl+Alt+K'], kept);
  store.adopt({ 'tile.snapshot': ['P'] });
  expect(store.keys('tile.clip')).toEqual(['C']);
  expect(store.keys('tile.snapshot')).toEqual(['P']);
  await store.resetAll(kept);
  expect(store.overrides()).toEqual({});
});

test.each(['nonsense', '[]', 'null', '{"tile.clip":["+"]}'])('a copy %j does no harm', (text) => {
  expect(new KeyStore(memory({ 'vas.keys': text })).keys('application.keys')).toEqual(['?', 'F1']);
});

test('without a storage, keys still work', async () => {
  const store = new KeyStore({
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('forbidden');
    },
  });
  await store.change('tile.clip', ['Ctrl+Alt+K'], kept);
  expect(store.keys('tile.clip')).toEqual(['Ctrl+Alt+K']);
});
