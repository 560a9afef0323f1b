import { expect, test } from 'vitest';
import { nextTheme, readTheme, resolveTheme, writeTheme } from './theme';

function storageOf(initial: string | null) {
  let kept = initial;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

test('is dark unless something valid is stored', () => {
  expect(readTheme(storageOf(null))).toBe('dark');
  expect(readTheme(storageOf('neon'))).toBe('dark');
  expect(readTheme(storageOf('system'))).toBe('system');
});

test('keeps the choice', () => {
  const storage = storageOf(null);
  writeTheme(storage, 'light');
  expect(readTheme(storage)).toBe('light');
});

test('follows the desktop only when told to', () => {
  expect(resolveTheme('system', true)).toBe('light');
  expect(resolveTheme('system', false)).toBe('dark');
  expect(resolveTheme('dark', true)).toBe('dark');
  expect(resolveTheme('light', false)).toBe('light');
});

test('steps through all settings', () => {
  expect([nextTheme('dark'), nextTheme('light'), nextTheme('system')]).toEqual(['light', 'system', 'dark']);
});
