import { describe, expect, it } from 'vitest';
import { supportRedactor } from './redaction';
import { plainAddress } from './secrets';

const clean = supportRedactor({
  passwords: ['Canary-1 "quoted"/ü', 'q9', 'xK4mQ7'],
  names: ['gatekeeper', 'admin'],
  home: '/home/alex',
});

describe('what goes into a support bundle', () => {
  it.each([
    ['as it is', 'it was xK4mQ7!'],
    ['in other letters', 'it was XK4MQ7!'],
    ['in an address', `rtsp://x/${encodeURIComponent('Canary-1 "quoted"/ü')}/1`],
    ['in JSON', JSON.stringify({ line: 'Canary-1 "quoted"/ü' })],
    ['as HTTP sends it', `x ${Buffer.from('xK4mQ7').toString('base64')}`],
  ])('has no known password, %s', (_how, text) => {
    expect(clean(text)).toContain('[redacted]');
    expect(clean(text)).not.toMatch(/canary|xk4mq7|eEs0bVE3/i);
  });

  it('knows a password of two characters as a word only', () => {
    expect(clean('login q9 of eq9ual')).toBe('login [redacted] of eq9ual');
  });

  it('hides names, but not those that every camera has', () => {
    expect(clean('gatekeeper and admin, gatekeepers')).toBe('[redacted] and admin, gatekeepers');
  });

  it.each([
    ['rtsp://someone:sesame@10.0.0.7/1 failed', 'rtsp://[redacted]@10.0.0.7/1 failed'],
    ['rtsp://10.0.0.7/1?user=me&pwd=sesame&ch=2 failed', 'rtsp://10.0.0.7/1?[redacted] failed'],
    [
      'rtsp://10.0.0.7/user=me_password=sesame_channel=1.sdp',
      'rtsp://10.0.0.7/user=[redacted]_password=[redacted]_channel=[redacted]',
    ],
    ['Authorization: Basic c2VzYW1l', 'Authorization: [redacted]'],
    ['sent Bearer abcdef.ghijkl', 'sent Bearer [redacted]'],
    ['passphrase: sesame and on', 'passphrase: [redacted] and on'],
    ['VAS_API_KEY=sesame', 'VAS_API_KEY=[redacted]'],
    ['{"password":"sesame","n":1}', '{"password":"[redacted]","n":1}'],
    ['{"a":"{\\"token\\":\\"sesame\\",\\"b\\":2}"}', '{"a":"{\\"token\\":\\"[redacted]\\",\\"b\\":2}"}'],
    ['{"has_password":true,"passwords":3}', '{"has_password":true,"passwords":3}'],
    ['/home/alex/data', '~/data'],
  ])('%s', (text, wanted) => {
    expect(clean(text)).toBe(wanted);
  });

  it('leaves an ordinary line alone', () => {
    const line = '{"level":"info","time":"2026-01-01T00:00:00.000Z","part":"ingest","msg":"stream started"}';
    expect(clean(line)).toBe(line);
  });

  it.each([
    ['rtsp://me:sesame@10.0.0.7:554/a/b?x=1', 'rtsp://10.0.0.7:554/a/b?[redacted]'],
    [
      'rtsp://10.0.0.7/user=me&password=sesame&channel=1',
      'rtsp://10.0.0.7/user=[redacted]&password=[redacted]&channel=[redacted]',
    ],
    ['rtsp://10.0.0.7/ch1', 'rtsp://10.0.0.7/ch1'],
    ['nothing', '[not an address]'],
  ])('writes the address %s as %s', (address, wanted) => {
    expect(plainAddress(address)).toBe(wanted);
  });
});
