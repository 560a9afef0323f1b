import { expect, test } from 'vitest';
import { CallError } from '../../data/call';
import { shellNotices } from './notices';

test('says nothing while everything is heard', () => {
  expect(shellNotices({ devicesError: null, silent: false })).toEqual([]);
});

test('says what cannot be heard, the whole recorder first', () => {
  const notices = shellNotices({
    silent: true,
    devicesError: new CallError({ status: 500, message: 'The store is closed.', path: 'devices.list' }),
  });
  expect(notices.map(({ id, tone }) => [id, tone])).toEqual([
    ['silent', 'bad'],
    ['devices', 'bad'],
  ]);
  expect(notices[1]?.text).toContain('The store is closed.');
});
