import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { endChild } from './process';

export interface CodedClockOptions {
  /** Pixels; a multiple of 32. Default 1280x720. */
  readonly width?: number;
  readonly height?: number;
  /** Pictures a second; default 30. */
  readonly fps?: number;
  /** Pictures from one key frame to the next, a divisor of 3600; default 30. */
  readonly gop?: number;
  /** Kilobits per second; default 2500. */
  readonly kbps?: number;
  /** Default h264. */
  readonly codec?: 'h264' | 'h265';
  /** Instead of clock and moving texture: a still scene, and a bright body that comes every so often and stays so long, s. */
  readonly visits?: { readonly every_s: number; readonly stay_s: number };
  /** Pictures in another order than shown, H.264 only; default 0. */
  readonly bFrames?: number;
  /** B-frames can be switched on while it runs; H.264 Main. Default false. */
  readonly turns?: boolean;
}

/** A running camera whose pictures carry the time at which they were made (coded_clock.py). */
export interface CodedClock {
  readonly url: string;
  /** Milliseconds that encoding took, one value for each picture since the last call. */
  encodeDelays(): Promise<number[]>;
  /** When the first picture of each visit since the last call of either was painted, milliseconds since the Unix epoch. */
  visits(): Promise<number[]>;
  /** Switches B-frames on in the running session, as a change of the camera's own settings does. Needs `turns`. */
  reorder(bFrames: number): Promise<void>;
  stop(): Promise<void>;
}

interface ClockEvent {
  readonly event: string;
  readonly port?: number;
  readonly encode_ms?: number[];
  readonly visits_ms?: number[];
  readonly message?: string;
}

const FOLDER = import.meta.dirname ?? path.resolve('scripts/cameras');
const MOUNT = '/clock';

/** Starts the camera in a process of its own. @throws Error when it does not start, e.g. a missing Debian package */
export async function startCodedClock(options: CodedClockOptions = {}): Promise<CodedClock> {
  const child = spawn('/usr/bin/python3', [path.join(FOLDER, 'coded_clock.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', GST_DEBUG: '1', GST_DEBUG_NO_COLOR: '1' },
  });
  let complaints = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaints = (complaints + text).slice(-2000)));
  child.stdin.on('error', () => undefined);

  // The server says `ready`, then answers each command in turn.
  const waiting: { resolve: (event: ClockEvent) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | null = null;
  const next = () =>
    new Promise<ClockEvent>((resolve, reject) => {
      if (ended) reject(ended);
      else waiting.push({ resolve, reject });
    });
  const end = (error: Error) => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.on('error', end);
  child.on('exit', () => end(new Error(`the coded clock has ended: ${complaints}`)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as ClockEvent;
    if (event.event === 'error') waiting.shift()?.reject(new Error(`coded clock: ${event.message ?? ''}`));
    else if (['ready', 'done', 'stats'].includes(event.event)) waiting.shift()?.resolve(event);
  });
  const command = (fields: Record<string, unknown>) => {
    child.stdin.write(`${JSON.stringify(fields)}\n`);
    return next();
  };

  try {
    const { port } = await next();
    await command({ cmd: 'mount', path: MOUNT, protocols: ['tcp'], ...options });
    return {
      url: `rtsp://127.0.0.1:${String(port)}${MOUNT}`,
      encodeDelays: async () => (await command({ cmd: 'stats' })).encode_ms ?? [],
      visits: async () => (await command({ cmd: 'stats' })).visits_ms ?? [],
      reorder: async (bFrames) => void (await command({ cmd: 'reorder', path: MOUNT, bFrames })),
      stop: () => endChild(child, 2000),
    };
  } catch (error) {
    await endChild(child, 0);
    throw error;
  }
}
