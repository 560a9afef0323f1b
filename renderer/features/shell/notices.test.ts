import { expect, test } from 'vitest';
import { CallError } from '../../data/call';
import { deviceOf, streamStateOf } from '../../dev/samples';
import { shellNotices } from './notices';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';
const quiet = {
  streams: [streamStateOf(A)],
  devices: [deviceOf(A), deviceOf(B)],
  devicesError: null,
  silent: false,
};

test('says nothing while everything runs', () => {
  expect(shellNotices(quiet)).toEqual([]);
});

test('puts failures before cameras that are away', () => {
  const notices = shellNotices({
    ...quiet,
    silent: true,
    devicesError: new CallError({ status: 500, message: 'The store is closed.', path: 'devices.list' }),
    streams: [
      streamStateOf(A, { phase: 'backing-off', fault: { code: 'storage', detail: '' } }),
      streamStateOf(B, { phase: 'backing-off', fault: { code: 'unreachable', detail: '' } }),
    ],
  });
  expect(notices.map(({ id, tone }) => [id, tone])).toEqual([
    ['silent', 'bad'],
    ['devices', 'bad'],
    ['storage', 'bad'],
    ['away', 'warn'],
  ]);
  expect(notices[1]?.text).toContain('The store is closed.');
  expect(notices[3]?.text).toBe('1 camera is not delivering pictures.');
});

test('ignores sub streams, stopped and deleted cameras', () => {
  const fault = { code: 'unreachable', detail: '' } as const;
  expect(
    shellNotices({
      ...quiet,
      devices: [deviceOf(A, { is_active: false })],
      streams: [
        streamStateOf(A, { phase: 'backing-off', fault }),
        streamStateOf(B, { phase: 'backing-off', fault }),
      ],
    }),
  ).toEqual([]);
  expect(
    shellNotices({ ...quiet, streams: [streamStateOf(A, { role: 'sub', phase: 'backing-off', fault })] }),
  ).toEqual([]);
});
