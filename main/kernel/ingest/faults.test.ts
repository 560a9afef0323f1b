import { describe, expect, it } from 'vitest';
import type { StreamFaultCode } from '../streams';
import { blamesAudio, classifyOpenFailure, isStorageFailure } from './faults';

/** Standard error of FFmpeg 5.1.9, captured from real failures (addresses shortened by the redactor). */
const captured: [string, StreamFaultCode, RegExp, number, string[]][] = [
  [
    'wrong password',
    'unauthorized',
    /401 Unauthorized/,
    70,
    [
      '[rtsp @ 0x55de612809c0] [error] method DESCRIBE failed: 401 Unauthorized',
      "[concat @ 0x55de6126ea40] [error] Impossible to open '[camera address]'",
      '[error] pipe:0: Server returned 401 Unauthorized (authorization failed)',
    ],
  ],
  [
    'forbidden',
    'unauthorized',
    /403 Forbidden/,
    80,
    [
      '[rtsp @ 0x561d275a9a00] [error] method DESCRIBE failed: 403 Forbidden',
      "[concat @ 0x561d27597a40] [error] Impossible to open 'rtsp://127.0.0.1:35361/x'",
      '[error] pipe:0: Server returned 403 Forbidden (access denied)',
    ],
  ],
  [
    'wrong path',
    'not_found',
    /404 Not Found/,
    60,
    [
      '[rtsp @ 0x5618f4b1da00] [error] method DESCRIBE failed: 404 Not Found',
      "[concat @ 0x5618f4b0ba40] [error] Impossible to open 'rtsp://127.0.0.1:18554/nope'",
      '[error] pipe:0: Server returned 404 Not Found',
    ],
  ],
  [
    'refused',
    'unreachable',
    /^Connection to tcp:\/\/127\.0\.0\.1:1 failed: Connection refused$/,
    230,
    [
      '[tcp @ 0x55ee344898c0] [error] Connection to tcp://127.0.0.1:1?timeout=5000000 failed: Connection refused',
      "[concat @ 0x55ee34474a40] [error] Impossible to open 'rtsp://127.0.0.1:1/x'",
      '[error] pipe:0: Connection refused',
    ],
  ],
  [
    'no route',
    'unreachable',
    /No route to host/,
    1110,
    [
      '[tcp @ 0x55f081774940] [error] Connection to tcp://[2001:db8::1]:554?timeout=5000000 failed: No route to host',
      "[concat @ 0x55f08175fa40] [error] Impossible to open 'rtsp://[2001:db8::1]/x'",
      '[error] pipe:0: No route to host',
    ],
  ],
  [
    'host that takes no connection',
    'unreachable',
    /Connection timed out/,
    5130,
    [
      '[tcp @ 0x55f1ba166940] [error] Connection to tcp://127.0.0.1:54761?timeout=5000000 failed: Connection timed out',
      "[concat @ 0x55f1ba151a40] [error] Impossible to open 'rtsp://127.0.0.1:54761/x'",
      '[error] pipe:0: Connection timed out',
    ],
  ],
  [
    'unknown host',
    'unreachable',
    /Failed to resolve hostname no-such-host\.invalid/,
    90,
    [
      '[tcp @ 0x5598f74de940] [error] Failed to resolve hostname no-such-host.invalid: Name or service not known',
      "[concat @ 0x5598f74c9a40] [error] Impossible to open 'rtsp://no-such-host.invalid/x'",
      '[error] pipe:0: Input/output error',
    ],
  ],
  [
    'accepts and says nothing',
    'no_answer',
    /did not answer/,
    5180,
    [
      "[concat @ 0x55e5a9aeba40] [error] Impossible to open 'rtsp://127.0.0.1:44107/x'",
      '[error] pipe:0: Invalid data found when processing input',
    ],
  ],
  [
    'not RTSP',
    'unsupported',
    /does not speak RTSP/,
    60,
    [
      "[concat @ 0x55b8d4911a40] [error] Impossible to open 'rtsp://127.0.0.1:33681/x'",
      '[error] pipe:0: Invalid data found when processing input',
    ],
  ],
  [
    'TLS that is never answered',
    'no_answer',
    /timed out/,
    5180,
    [
      '[tls @ 0x561a6abcf940] [error] Error in the pull function.',
      '[tls @ 0x561a6abcf940] [error] IO error: Connection timed out',
      "[concat @ 0x561a6abbaa40] [error] Impossible to open 'rtsps://127.0.0.1:44107/x'",
      '[error] pipe:0: Connection timed out',
    ],
  ],
  [
    'TLS to a plain port',
    'unsupported',
    /unexpected TLS packet/,
    70,
    [
      '[tls @ 0x56283233a940] [error] An unexpected TLS packet was received.',
      "[concat @ 0x562832325a40] [error] Impossible to open 'rtsps://127.0.0.1:18554/main'",
      '[error] pipe:0: Input/output error',
    ],
  ],
  [
    'transport that the camera does not have',
    'unsupported',
    /461 Unsupported transport/,
    60,
    [
      '[rtsp @ 0x559260868a00] [error] method SETUP failed: 461 Unsupported transport',
      "[concat @ 0x559260856a40] [error] Impossible to open 'rtsp://127.0.0.1:18554/udponly'",
      '[error] pipe:0: Protocol not supported',
    ],
  ],
  [
    'too many sessions',
    'unsupported',
    /453 Not Enough Bandwidth/,
    60,
    [
      '[rtsp @ 0x55d6d6114a00] [error] method DESCRIBE failed: 453 Not Enough Bandwidth',
      "[concat @ 0x55d6d6102a40] [error] Impossible to open 'rtsp://127.0.0.1:39293/x'",
      '[error] pipe:0: Server returned 4XX Client Error, but not one of 40{0,1,3,4}',
    ],
  ],
  [
    'bad request',
    'unsupported',
    /400 Bad Request/,
    60,
    [
      "[concat @ 0x55bb3e904a40] [error] Impossible to open 'rtsp://127.0.0.1:44087/x'",
      '[error] pipe:0: Server returned 400 Bad Request',
    ],
  ],
  [
    'sound only',
    'unsupported',
    /matches no streams/,
    100,
    [
      "[info] Input #0, concat, from 'pipe:0':",
      '[info]   Duration: N/A, start: 0.000000, bitrate: 64 kb/s',
      '[info]   Stream #0:0: Audio: pcm_alaw, 8000 Hz, mono, s16, 64 kb/s',
      "[fatal] Stream map '0:v:0' matches no streams.",
      "To ignore this, add a trailing '?' to the map.",
    ],
  ],
  ['nothing at all', 'internal', /without a word/, 10, []],
  ['something new', 'internal', /^Frobnication failed$/, 10, ['[x @ 0x1] [error] Frobnication failed']],
];

describe('classifyOpenFailure', () => {
  it.each(captured)('%s is %s', (_, code, detail, elapsedMs, stderr) => {
    const fault = classifyOpenFailure({ stderr, elapsedMs, timeoutMs: 5000 });
    expect(fault.code).toBe(code);
    expect(fault.detail).toMatch(detail);
    expect(fault.detail).not.toMatch(/0x|timeout=/);
  });
});

describe('isStorageFailure', () => {
  it.each([
    ['[error] av_interleaved_write_frame(): No space left on device'],
    ["[segment @ 0x563a4ad7fec0] [error] Failed to open segment '/data/recordings/cam/00000.mp4'"],
    ['[error] av_interleaved_write_frame(): No such file or directory'],
    ['[error] av_interleaved_write_frame(): Input/output error'],
  ])('knows a disk that fails: %s', (line) => {
    expect(isStorageFailure([line])).toBe(true);
  });
  it.each([
    ['[error] pipe:0: Input/output error'],
    ['[error] pipe:0: Server returned 404 Not Found'],
    ['[error] av_interleaved_write_frame(): Connection refused'],
  ])('knows it from a camera that fails: %s', (line) => {
    expect(isStorageFailure([line])).toBe(false);
  });
});

describe('blamesAudio', () => {
  it('hears complaints about the sound, not the mere mention of it', () => {
    expect(blamesAudio(['[mp4 @ 0x1] [error] Could not find tag for codec adpcm_g722 in stream #1'])).toBe(
      true,
    );
    expect(blamesAudio(['[fatal] Too many packets buffered for output stream 1:0.'])).toBe(true);
    expect(
      blamesAudio([
        '[info]   Stream #0:1: Audio: pcm_alaw, 8000 Hz, mono, s16, 64 kb/s',
        '[error] pipe:0: Connection refused',
      ]),
    ).toBe(false);
  });
});
