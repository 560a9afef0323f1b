import { expect, test } from 'vitest';
import { nextTheme, resolveTheme } from './theme';

test('follows the desktop only when told to', () => {
  expect(resolveTheme('system', true)).toBe('light');
  expect(resolveTheme('system', false)).toBe('dark');
  expect(resolveTheme('dark', true)).toBe('dark');
  expect(resolveTheme('light', false)).toBe('light');
});

test('steps through all settings', () => {
  expect([nextTheme('dark'), nextTheme('light'), nextTheme('system')]).toEqual(['light', 'system', 'dark']);
});
