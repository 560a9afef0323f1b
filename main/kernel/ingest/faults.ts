import type { StreamFault, StreamFaultCode } from '../streams';

/** What is known about an attempt that failed. */
export interface FailedRun {
  /** Standard error of FFmpeg, redacted, oldest first. */
  readonly stderr: readonly string[];
  /** From the start of the process to its end, milliseconds. */
  readonly elapsedMs: number;
  /** The socket time-out that the process was given, milliseconds. */
  readonly timeoutMs: number;
}

/** FFmpeg's prefixes, e.g. `[rtsp @ 0x55de612809c0] [error] `, and the options it adds to addresses. */
const PREFIX = /^(?:\[[^\]]*\]\s*)+/;
const ADDED_OPTIONS = /\?(?:timeout|pkt_size|localport)=\d+(?:&[a-z_]+=\d+)*/g;

/** In the order of how much they say; the first that matches a line decides. */
const PATTERNS: readonly [RegExp, StreamFaultCode][] = [
  [/\b401 Unauthorized|authorization failed|\b403 Forbidden|access denied/i, 'unauthorized'],
  [/\b404 Not Found|\b410 Gone/i, 'not_found'],
  [
    /Failed to resolve hostname|Name or service not known|Temporary failure in name resolution/i,
    'unreachable',
  ],
  [/Connection refused|No route to host|Network is unreachable|Host is unreachable/i, 'unreachable'],
  // Only while connecting: nothing at that address takes connections.
  [
    /Connection to tcp:\S+ failed: (?:Connection timed out|Invalid argument|Input\/output error)/i,
    'unreachable',
  ],
  [/\[tls @[^\]]*\].*(?:timed out)/i, 'no_answer'],
  [/\[tls @/i, 'unsupported'],
  [/method \w+ failed: 461|Protocol not supported/i, 'unsupported'],
  [/method \w+ failed: \d{3}|Server returned [45]/i, 'unsupported'],
  [/matches no streams/i, 'unsupported'],
  [/Could not find codec parameters|dimensions not set|unspecified size/i, 'unsupported'],
  [/Connection timed out|Operation timed out/i, 'no_answer'],
  [/Connection reset by peer|Broken pipe/i, 'connection_lost'],
];

const SAYS_NOTHING = /Invalid data found when processing input/i;
const NOISE = /Impossible to open|^To ignore this|Conversion failed|^Exiting|^frame=/i;

function clean(line: string): string {
  return line.replace(PREFIX, '').replace(ADDED_OPTIONS, '').trim().slice(0, 300);
}

const STORAGE =
  /No space left on device|Read-only file system|Disk quota exceeded|Failed to open segment|av_interleaved_write_frame\(\): (?:No such file or directory|Permission denied|Input\/output error)/i;

/** FFmpeg could not write the recording: the disk's fault, not the camera's. */
export function isStorageFailure(stderr: readonly string[]): boolean {
  return stderr.some((line) => STORAGE.test(line));
}

/** The last complaint that says something, without prefixes; null when there is none. */
export function lastWords(stderr: readonly string[]): string | null {
  const line = stderr.findLast(
    (candidate) =>
      /\[(?:error|fatal|panic)\]/.test(candidate) && !NOISE.test(clean(candidate)) && clean(candidate) !== '',
  );
  return line === undefined ? null : clean(line);
}

/**
 * Why an attempt to open a camera failed, from FFmpeg's words. FFmpeg says the same about a camera that says
 * nothing and one that talks nonsense; how long it took tells them apart.
 */
export function classifyOpenFailure(run: FailedRun): StreamFault {
  for (const [pattern, code] of PATTERNS) {
    const line = run.stderr.find((candidate) => pattern.test(candidate));
    if (line !== undefined) return { code, detail: clean(line) };
  }
  const silent = run.elapsedMs >= run.timeoutMs * 0.9;
  if (run.stderr.some((line) => SAYS_NOTHING.test(line)))
    return silent
      ? { code: 'no_answer', detail: 'The camera took the connection but did not answer.' }
      : { code: 'unsupported', detail: 'What answered does not speak RTSP, or closed the connection.' };
  return { code: 'internal', detail: lastWords(run.stderr) ?? 'FFmpeg ended without a word.' };
}

/** The camera has no sound any more, although sound was to be sent to listeners (ffmpegArgs.ts). */
export function lacksAudio(stderr: readonly string[]): boolean {
  return stderr.some((line) => line.includes("Stream map '0:a:0' matches no streams"));
}

const ABOUT_AUDIO =
  /audio|\baac\b|\bpcm_|\badpcm_|\bopus\b|sample[ _]rate|channel layout|Could not write header|output stream \d+:1\b|Could not find tag for codec|Too many packets buffered/i;

/** FFmpeg complains of the sound: its decoder, its encoder, the container, or that it never came. */
export function blamesAudio(stderr: readonly string[]): boolean {
  return stderr.some((line) => /\[(?:error|fatal|panic)\]/.test(line) && ABOUT_AUDIO.test(line));
}
