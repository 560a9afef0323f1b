import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rtspUrl } from '../../../contract/devices';
import { splitAddress } from './splitAddress';

test.each([
  ['rtsp://admin:secret@192.0.2.10/stream1', 'rtsp://192.0.2.10/stream1', 'admin', 'secret'],
  ['  RTSPS://admin:secret@cam.example:322/a?b=c#d ', 'rtsps://cam.example:322/a?b=c#d', 'admin', 'secret'],
  ['rtsp://admin@192.0.2.10', 'rtsp://192.0.2.10', 'admin', ''],
  ['rtsp://admin:@192.0.2.10/', 'rtsp://192.0.2.10/', 'admin', ''],
  ['rtsp://:secret@192.0.2.10/', 'rtsp://192.0.2.10/', '', 'secret'],
  ['rtsp://a:p@ss:w@[2001:db8::1]:554/x', 'rtsp://[2001:db8::1]:554/x', 'a', 'p@ss:w'],
  ['rtsp://a:p%40ss%2Fw%25@host/x', 'rtsp://host/x', 'a', 'p@ss/w%'],
  ['rtsp://a:100%@host/x', 'rtsp://host/x', 'a', '100%'],
  ['rtsp://a:pa/ss@host:8554/x', 'rtsp://host:8554/x', 'a', 'pa/ss'],
  ['rtsp://a:p@ss/w@192.0.2.10:554/x', 'rtsp://192.0.2.10:554/x', 'a', 'p@ss/w'],
  ['rtsp://a:12/3@192.0.2.10/x', 'rtsp://192.0.2.10/x', 'a', '12/3'],
  ['rtsp://a:p@host/user@1', 'rtsp://host/user@1', 'a', 'p'],
  ['rtsp://a:p@192.0.2.10/to@b.example', 'rtsp://192.0.2.10/to@b.example', 'a', 'p'],
  ["rtsp://a:p#w?/'%@host/x", 'rtsp://host/x', 'a', "p#w?/'%"],
])('splits %s', (text, address, username, password) => {
  expect(splitAddress(text)).toEqual({ address, username, password });
});

test.each([
  'rtsp://192.0.2.10/stream1',
  'rtsp://192.0.2.10:554/user@1/stream',
  'rtsp://192.0.2.10:554',
  'rtsp://host/?user=admin&mail=a@b.example',
  'rtsp://[2001:db8::1]/a@b',
  'rtsp://camera:554/x?mail=a@b.example',
  'http://admin:secret@192.0.2.10/',
  'admin:secret@192.0.2.10',
  '',
])('leaves %s alone', (text) => {
  expect(splitAddress(text)).toBeNull();
});

describe('of any user and password', () => {
  const text = fc.string({ minLength: 1, maxLength: 40 });
  test('what was encoded comes back', () => {
    fc.assert(
      fc.property(text, text, (user, password) => {
        const pasted = `rtsp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@192.0.2.10:554/s`;
        expect(splitAddress(pasted)).toEqual({
          address: 'rtsp://192.0.2.10:554/s',
          username: user,
          password,
        });
      }),
    );
  });

  test('the address that stays passes the contract', () => {
    const raw = fc.stringMatching(/^[a-zA-Z0-9@:%!$&*()+,;=._~-]{1,30}$/);
    fc.assert(
      fc.property(raw, raw, (user, password) => {
        const split = splitAddress(`rtsp://${user}:${password}@192.0.2.10/s`);
        expect(rtspUrl.safeParse(split?.address).success).toBe(true);
      }),
    );
  });
});
