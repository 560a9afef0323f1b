import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEndpoint } from '../streams';
import { concatScript, encodeUserInfo, INPUT_ARGS, urlWithCredentials } from './concatScript';

const options = { timeoutUs: 5_000_000, analyzeDurationUs: 5_000_000, audio: true };
const endpoint = (url: string, username?: string, password = ''): StreamEndpoint => ({
  url,
  transport: 'tcp',
  credentials: username === undefined ? null : { username, password },
});

describe('concatScript', () => {
  it('names the camera and its options, one directive a line', () => {
    expect(concatScript(endpoint('rtsp://192.0.2.7:554/s1?a=b&c=d', 'admin', "p@:/#%'w"), options)).toBe(
      [
        'ffconcat version 1.0',
        "file 'rtsp://admin:p%40%3A%2F%23%25%27w@192.0.2.7:554/s1?a=b&c=d'",
        'option rtsp_transport tcp',
        'option timeout 5000000',
        'option analyzeduration 5000000',
        'option fpsprobesize 0',
        'option allowed_media_types video+audio',
        '',
      ].join('\n'),
    );
  });

  it('asks for UDP with room for bursts, and for video only', () => {
    const script = concatScript(
      { url: 'rtsps://cam/x', transport: 'udp', credentials: null },
      { ...options, audio: false },
    );
    expect(script).toContain("file 'rtsps://cam/x'\n");
    expect(script).toContain('option rtsp_transport udp\n');
    expect(script).toContain('option buffer_size 1048576\n');
    expect(script).toContain('option allowed_media_types video\n');
  });

  it.each([
    "rtsp://host/x'\noption timeout 1",
    'rtsp://host/x\noption timeout 1',
    "rtsp://host/a'b",
    'rtsp://host/a\\b',
    'rtsp://host/a b',
    'rtsp://host/a\u2028b',
    'rtsp://host/a\u3000b',
    'rtsp://u:p@host/x',
    'http://host/x',
    'file:///etc/passwd',
    'rtsp:///x',
    'rtsp://',
    '-i rtsp://host/x',
    '',
  ])('refuses the address %j', (url) => {
    expect(() => concatScript(endpoint(url), options)).toThrow(/address/);
  });

  it('keeps an @ that belongs to the path', () => {
    expect(urlWithCredentials(endpoint('rtsp://host/user@x', 'u', 'p'))).toBe('rtsp://u:p@host/user@x');
  });

  it('refuses control characters and what FFmpeg would silently cut', () => {
    expect(() => concatScript(endpoint('rtsp://h/', 'a\nb', 'p'), options)).toThrow(/control/);
    expect(() => concatScript(endpoint('rtsp://h/', 'a', 'p\0'), options)).toThrow(/control/);
    expect(concatScript(endpoint('rtsp://h/', 'a', 'p'.repeat(125)), options)).toContain('p@h');
    expect(() => concatScript(endpoint('rtsp://h/', 'a', 'p'.repeat(126)), options)).toThrow(/too long/);
    expect(() => concatScript(endpoint('rtsp://h/', 'a', '@'.repeat(42)), options)).toThrow(/too long/);
  });

  it('refuses numbers that are none', () => {
    for (const timeoutUs of [Number.NaN, -1, 1.5, '1\noption x y' as unknown as number])
      expect(() => concatScript(endpoint('rtsp://h/'), { ...options, timeoutUs })).toThrow(RangeError);
  });

  it('never lets anything add a directive or leave the quotes, whatever is typed', () => {
    const nasty = fc.constantFrom(
      "'",
      '"',
      '\\',
      '\n',
      '\r',
      ' ',
      '\t',
      '\u2028',
      '\u3000',
      '@',
      ':',
      '#',
      '%',
    );
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), nasty),
      maxLength: 40,
    });
    const host = fc.constantFrom('rtsp://cam', 'rtsps://192.0.2.1:8554', 'rtsp://[2001:db8::1]:554');
    const sound = concatScript(endpoint('rtsp://cam/x'), options).split('\n');
    fc.assert(
      fc.property(host, text, text, text, (prefix, path, username, password) => {
        let script: string;
        try {
          script = concatScript(endpoint(`${prefix}/${path}`, username, password), options);
        } catch (error) {
          expect((error as Error).name).toBe('VasError');
          // The message names neither.
          if (password.length > 3) expect((error as Error).message).not.toContain(password);
          return;
        }
        const lines = script.split(/[\n\r\u2028\u2029]/);
        expect(lines.length).toBe(sound.length);
        expect(lines.filter((_, index) => index !== 1)).toEqual(sound.filter((_, index) => index !== 1));
        expect(lines[1]).toMatch(/^file 'rtsps?:\/\/[^'\\\s]*'$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('can be read back: the encoded credentials are those that were given', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(text, text, (username, password) => {
        // eslint-disable-next-line no-control-regex
        fc.pre(!/[\u0000-\u001f\u007f]/.test(username + password));
        const encoded = `${encodeUserInfo(username)}:${encodeUserInfo(password)}`;
        expect(encoded).toMatch(/^[A-Za-z0-9\-._~!$&()*+,;=%]*:[A-Za-z0-9\-._~!$&()*+,;=%]*$/);
        const [user = '', pass = ''] = encoded.split(':');
        expect([decodeURIComponent(user), decodeURIComponent(pass)]).toEqual([username, password]);
      }),
    );
  });

  it('has arguments that name no camera', () => {
    expect(INPUT_ARGS.join(' ')).not.toMatch(/rtsps?:\/\//);
  });
});
