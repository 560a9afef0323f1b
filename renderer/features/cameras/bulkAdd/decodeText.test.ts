import { expect, test } from 'vitest';
import { decodeText } from './decodeText';

test.each([
  ['UTF-8', Buffer.from('T\u00fcr;rtsp://192.0.2.1')],
  ['UTF-8 with a mark', Buffer.from('\uFEFFT\u00fcr;rtsp://192.0.2.1')],
  ['Windows', Buffer.from('T\u00fcr;rtsp://192.0.2.1', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFFT\u00fcr;rtsp://192.0.2.1', 'utf16le')],
])('%s', (_what, bytes) => {
  expect(decodeText(Uint8Array.from(bytes).buffer)).toBe('T\u00fcr;rtsp://192.0.2.1');
});
