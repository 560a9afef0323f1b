import { VasError } from '../../base/errors';
import type { StreamEndpoint } from '../streams';

/** FFmpeg keeps `user:password`, percent-encoded, in a buffer of 128 bytes and cuts what exceeds it. */
const LONGEST_USER_INFO = 127;

/** Only these stand for themselves in the user part of a URL; everything else is percent-encoded. */
const PLAIN = /[A-Za-z0-9\-._~!$&()*+,;=]/;

// Printable ASCII and anything beyond, without white space, quotes and backslashes, which would end or
// escape the quoted word of the script.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\s\u0000-\u0020\u007f-\u00a0'"\\]/;

/** Percent-encodes one half of the user part as sparingly as is safe: FFmpeg's buffer is short. */
export function encodeUserInfo(text: string): string {
  return [...text]
    .map((character) => {
      if (PLAIN.test(character)) return character;
      return [...Buffer.from(character, 'utf8')]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join('');
    })
    .join('');
}

/** The address with user and password in it. Never log it, never put it into an argument list. */
export function urlWithCredentials(endpoint: StreamEndpoint): string {
  const match = /^(rtsps?:\/\/)([^/?#]+)([/?#].*)?$/i.exec(endpoint.url);
  if (!match || FORBIDDEN.test(endpoint.url))
    throw new VasError('invalid', 'The address of the camera is not a valid rtsp:// or rtsps:// address.');
  const [, scheme = '', authority = '', rest = ''] = match;
  if (authority.includes('@'))
    throw new VasError('invalid', 'User and password do not belong into the address of the camera.');
  if (!endpoint.credentials) return endpoint.url;
  const { username, password } = endpoint.credentials;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(username + password))
    throw new VasError('invalid', 'User and password must not contain control characters.');
  const userInfo = `${encodeUserInfo(username)}:${encodeUserInfo(password)}`;
  if (userInfo.length > LONGEST_USER_INFO)
    throw new VasError(
      'invalid',
      'User and password are too long together: 126 characters, special ones count three times or more.',
    );
  return `${scheme}${userInfo}@${authority}${rest}`;
}

/** Whole numbers only, so that no value can add a directive. Names are those of FFmpeg's RTSP demuxer. */
export interface InputOptions {
  /** Time-out of socket reads and writes and of connecting, microseconds. */
  readonly timeoutUs: number;
  /** Longest time that is spent on finding out what the streams are, microseconds of media. */
  readonly analyzeDurationUs: number;
  /** False: ask the camera for its video only. */
  readonly audio: boolean;
}

function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number: ${value}`);
  return String(value);
}

/**
 * The script on FFmpeg's standard input that names the camera: so the password is in no argument list.
 * The result is a secret. `fpsprobesize 0` lets FFmpeg begin with the first pictures instead of after
 * half a second of them.
 * @throws VasError invalid when the address or the credentials cannot be expressed safely
 */
export function concatScript(endpoint: StreamEndpoint, options: InputOptions): string {
  const lines = [
    'ffconcat version 1.0',
    `file '${urlWithCredentials(endpoint)}'`,
    `option rtsp_transport ${endpoint.transport === 'udp' ? 'udp' : 'tcp'}`,
    `option timeout ${wholeNumber(options.timeoutUs)}`,
    `option analyzeduration ${wholeNumber(options.analyzeDurationUs)}`,
    'option fpsprobesize 0',
    `option allowed_media_types ${options.audio ? 'video+audio' : 'video'}`,
  ];
  // Room for the burst of a key frame; the kernel's default loses parts of large ones.
  if (endpoint.transport === 'udp') lines.push('option buffer_size 1048576');
  return `${lines.join('\n')}\n`;
}

/** The arguments that make FFmpeg read the script; nothing in them depends on the camera. */
export const INPUT_ARGS: readonly string[] = [
  ...['-protocol_whitelist', 'file,pipe,rtp,rtsp,udp,tcp,tls,crypto'],
  // The script's own streams need no second analysis: the camera's were analysed when it was opened.
  ...['-fpsprobesize', '0', '-analyzeduration', '0', '-probesize', '32'],
  ...['-f', 'concat', '-safe', '0', '-i', 'pipe:0'],
];
