import { constants, setPriority } from 'node:os';
import type { Clock } from '../../base/clock';
import { systemClock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { Child } from '../process/child';
import { spawnChild } from '../process/child';
import type { ChildRegistry } from '../process/registry';

export interface MediaJob {
  /** What it is for, in logs and in health: e.g. `snapshot`. */
  readonly label: string;
  /** FFmpeg's arguments; nothing a user typed. */
  readonly args: readonly string[];
  /** Given to standard input; empty without it. */
  readonly stdin?: Uint8Array;
  /** Milliseconds from its start, not counting the wait for its turn. */
  readonly timeoutMs: number;
  /** Cancels it, waiting or running. */
  readonly signal?: AbortSignal;
}

/** FFmpeg children that make pictures of footage: few at a time, behind everything that is live. */
export interface MediaJobs extends Disposable {
  /**
   * Runs FFmpeg and resolves with its standard output.
   * @throws VasError timeout; unavailable when cancelled, disposed or too many wait; internal when FFmpeg fails
   */
  run(job: MediaJob): Promise<Buffer>;
  stats(): { readonly running: number; readonly waiting: number };
}

const CONCURRENCY = 2;
const MAX_WAITING = 64;
/** A 4:4:4 picture of 8192 x 8192 in the best JPEG quality stays below this, bytes. */
const MAX_OUTPUT = 256 * 1024 * 1024;

export interface MediaJobsOptions {
  readonly ffmpeg: string;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly registry?: ChildRegistry;
  /** How many run at once; default 2. */
  readonly concurrency?: number;
  /** Behind the other jobs as well, not only behind what is live. */
  readonly background?: boolean;
}

export function createMediaJobs(options: MediaJobsOptions): MediaJobs {
  const clock = options.clock ?? systemClock;
  const limit = options.concurrency ?? CONCURRENCY;
  const waiting: { start: () => void; refuse: (error: VasError) => void }[] = [];
  const children = new Set<Child>();
  let running = 0;
  let disposed = false;

  const closing = (): VasError => new VasError('unavailable', 'The application is closing.');

  function turn(signal: AbortSignal | undefined): Promise<void> {
    if (disposed) return Promise.reject(closing());
    if (running < limit) {
      running++;
      return Promise.resolve();
    }
    if (waiting.length >= MAX_WAITING)
      return Promise.reject(
        new VasError('unavailable', 'Too many pictures are being made. Try again in a moment.'),
      );
    return new Promise((resolve, reject) => {
      const entry = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          running++;
          resolve();
        },
        refuse: reject,
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(new VasError('unavailable', 'It was cancelled.'));
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
    });
  }

  async function execute(job: MediaJob): Promise<Buffer> {
    const child = spawnChild({
      file: options.ffmpeg,
      args: job.args,
      label: job.label,
      log: options.log,
      ...(job.stdin ? { stdin: job.stdin } : {}),
      stdout: 'pipe',
      ...(options.registry ? { registry: options.registry } : {}),
    });
    children.add(child);
    let failure: VasError | null = null;
    const end = (error: VasError): void => {
      failure ??= error;
      void child.stop(0);
    };
    const cancel = (): void => end(new VasError('unavailable', 'It was cancelled.'));
    const timer = clock.after(job.timeoutMs, () =>
      end(
        new VasError(
          'timeout',
          'Making the picture took too long. The machine may be overloaded; try again.',
        ),
      ),
    );
    job.signal?.addEventListener('abort', cancel, { once: true });
    if (job.signal?.aborted) cancel();
    try {
      beNice(child.pid, options.background === true);
      const chunks: Buffer[] = [];
      let size = 0;
      child.stdout?.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_OUTPUT) end(new VasError('internal', 'FFmpeg wrote more than a picture.'));
        else chunks.push(chunk);
      });
      const exit = await child.exited;
      if (failure ?? exit.error) throw failure ?? exit.error;
      if (exit.code !== 0) {
        const said = child.stderrTail().slice(-3).join(' | ');
        throw new VasError('internal', `FFmpeg could not make the picture: ${said || 'no reason given'}`);
      }
      return Buffer.concat(chunks, size);
    } finally {
      timer.cancel();
      job.signal?.removeEventListener('abort', cancel);
      children.delete(child);
    }
  }

  return {
    async run(job) {
      if (job.signal?.aborted) throw new VasError('unavailable', 'It was cancelled.');
      await turn(job.signal);
      try {
        if (disposed) throw closing();
        return await execute(job);
      } finally {
        running--;
        if (!disposed) waiting.shift()?.start();
      }
    },
    stats: () => ({ running, waiting: waiting.length }),
    async dispose() {
      disposed = true;
      for (const entry of waiting.splice(0)) entry.refuse(closing());
      await Promise.all([...children].map((child) => child.stop(0)));
    },
  };
}

/** Recording and live view come first. */
function beNice(pid: number | null, isBackground: boolean): void {
  if (pid === null) return;
  try {
    const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
    setPriority(pid, isBackground ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not let us: then it runs as it is.
  }
}
