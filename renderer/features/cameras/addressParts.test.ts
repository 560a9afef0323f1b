import { expect, test } from 'vitest';
import { addressParts } from './addressParts';

test.each([
  ['rtsp://192.0.2.10:554/a/b?c=d', '192.0.2.10:554', '/a/b?c=d'],
  ['rtsps://cam.example/a', 'rtsps://cam.example', '/a'],
  ['rtsp://[2001:db8::1]:554', '[2001:db8::1]:554', ''],
  ['rtsp://cam/', 'cam', ''],
  ['rtsp://cam?x=1', 'cam', '?x=1'],
  ['', '', ''],
])('%s', (address, host, rest) => {
  expect(addressParts(address)).toEqual({ host, rest });
});
