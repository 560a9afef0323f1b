import { expect, test } from 'vitest';
import { badgeOf } from './folderBadge';
import { draftOf, errorOf, rulesOf } from './retentionModel';

const none = { retention_days: null, retention_bytes: null, free_space_bytes: null };

test('empty fields are no rule', () => {
  expect(draftOf(none)).toEqual({ days: '', gigabytes: '', freeGigabytes: '' });
  expect(rulesOf({ days: ' ', gigabytes: '', freeGigabytes: '' }, none)).toEqual(none);
});

test('gigabytes become bytes', () => {
  expect(rulesOf({ days: '30', gigabytes: '2000', freeGigabytes: ' 5 ' }, none)).toEqual({
    ...{ retention_days: 30, retention_bytes: 2e12, free_space_bytes: 5e9 },
  });
});

test('a value that was set elsewhere to the byte stays as it is until it is changed', () => {
  const saved = { ...none, retention_bytes: 1_234_567_890_123 };
  const draft = draftOf(saved);
  expect(draft.gigabytes).toBe('1234.568');
  expect(rulesOf({ ...draft, days: '7' }, saved)?.retention_bytes).toBe(1_234_567_890_123);
});

test.each([
  ['days', '', null],
  ['days', '30', null],
  ['days', '0', 'Enter 1 to 3650, or nothing.'],
  ['days', '3651', 'Enter 1 to 3650, or nothing.'],
  ['days', '-1', 'Enter a whole number, or nothing.'],
  ['days', '1.5', 'Enter a whole number, or nothing.'],
  ['gigabytes', '1e3', 'Enter a whole number, or nothing.'],
  ['gigabytes', '1000001', 'Enter 1 to 1000000, or nothing.'],
  ['freeGigabytes', 'all', 'Enter a whole number, or nothing.'],
] as const)('%s %j: %s', (field, text, says) => {
  expect(errorOf(field, text)).toBe(says);
  if (says !== null) expect(rulesOf({ ...draftOf(none), [field]: text }, none)).toBeNull();
});

test.each([
  ['ready', true, true, 'storage.current'],
  ['ready', false, true, 'storage.standIn'],
  ['ready', false, false, 'storage.former'],
  ['missing', true, false, 'storage.missing'],
  ['foreign', false, false, 'storage.foreign'],
] as const)(
  'a folder that is %s, current %s, written %s is called %s',
  (state, isCurrent, isWritten, text) => {
    expect(badgeOf({ state, is_current: isCurrent, is_written: isWritten }).text).toBe(text);
  },
);
