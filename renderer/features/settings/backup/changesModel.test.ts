import { expect, test } from 'vitest';
import { changesNothing, namesText, partName } from './changesModel';
import { passphraseErrors } from './passphraseModel';

test('names the first ones and counts the rest', () => {
  const names = Array.from({ length: 10 }, (_none, index) => `Camera ${String(index + 1)}`);
  expect(namesText('cameras', names.slice(0, 2))).toBe('Camera 1, Camera 2');
  expect(namesText('cameras', names)).toMatch(/Camera 8, and 2 more$/);
  expect(namesText('cameras', names.slice(0, 9))).toMatch(/, and 1 more$/);
});

test('settings and parts have the names that people know', () => {
  expect(namesText('settings', ['theme', 'unknown'])).toBe('Colours, unknown');
  expect(partName('cameras')).toBe('Cameras');
  expect(partName('users')).toBe('Users and rights');
  expect(partName('newer')).toBe('Other');
});

test('says whether there is anything to do', () => {
  const none = { section: 'cameras', added: [], changed: [], removed: [], same: 3 };
  expect(changesNothing([none])).toBe(true);
  expect(changesNothing([none, { ...none, removed: ['x'] }])).toBe(false);
});

test('a passphrase is long enough and the same twice', () => {
  expect(passphraseErrors({ passphrase: 'short', repeated: 'short' }).passphrase).toContain('12');
  expect(passphraseErrors({ passphrase: 'long enough now', repeated: 'x' })).toEqual({
    ...{ passphrase: null, repeated: 'The two passphrases are different.' },
  });
  expect(passphraseErrors({ passphrase: 'long enough now', repeated: 'long enough now' })).toEqual({
    ...{ passphrase: null, repeated: null },
  });
});
