import { expect, test } from 'vitest';
import { SCREENS, screenForKey } from './screens';

const stroke = { key: '1', ctrlKey: true, altKey: false, shiftKey: false, metaKey: false };

test('Ctrl and a digit opens the screen of that place', () => {
  expect(screenForKey(stroke)).toBe('live');
  expect(screenForKey({ ...stroke, key: '2' })).toBe('cameras');
  expect(screenForKey({ ...stroke, key: String(SCREENS.length) })).toBe(SCREENS.at(-1)?.id);
  expect(screenForKey({ ...stroke, key: String(SCREENS.length + 1) })).toBeNull();
  expect(screenForKey({ ...stroke, key: '0' })).toBeNull();
});

test('Ctrl and comma opens the settings', () => {
  expect(screenForKey({ ...stroke, key: ',' })).toBe('settings');
  expect(screenForKey({ ...stroke, key: ',', ctrlKey: false })).toBeNull();
});

test('other modifiers belong to others', () => {
  expect(screenForKey({ ...stroke, ctrlKey: false })).toBeNull();
  expect(screenForKey({ ...stroke, altKey: true })).toBeNull();
  expect(screenForKey({ ...stroke, shiftKey: true })).toBeNull();
  expect(screenForKey({ ...stroke, metaKey: true })).toBeNull();
});
