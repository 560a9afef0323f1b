import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock, Timer } from '../../base/clock';
import { systemClock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { redactText } from '../../base/redact';
import { readLines } from './lines';
import { boundToParent } from './parentDeath';
import type { ChildRegistry } from './registry';

/** Lines of standard error that are kept for fault texts. */
const TAIL_LINES = 100;
/** Longest line of standard error that is kept, characters. */
const TAIL_LINE_LENGTH = 2048;
/** How long pipes may stay open after the process has ended, milliseconds. */
const DRAIN_MS = 1000;
/** How long a killed process may take to end (it can hang in the disk), milliseconds. */
const KILL_PATIENCE_MS = 5000;

export interface ChildOptions {
  /** Program: a name to be found in PATH or an absolute path. Never a shell line. */
  readonly file: string;
  readonly args: readonly string[];
  /** What it is for, in logs and in health: e.g. `ingest`, `probe`. */
  readonly label: string;
  readonly log: Logger;
  /** Written to standard input, which is then closed; without it standard input is empty. */
  readonly stdin?: string | Uint8Array;
  /** `pipe` offers `stdout` to the owner, who must read it; `ignore` (default) throws it away. */
  readonly stdout?: 'ignore' | 'pipe';
  /**
   * Descriptors of this process that become the child's standard input, output and error; its lines of standard
   * error are read by whoever has the other end then.
   */
  readonly descriptors?: { readonly input: number; readonly output: number; readonly error: number };
  /** Number of extra pipes to read lines from: descriptors 3, 4, ... of the child. */
  readonly extraPipes?: number;
  /** Added to the minimal environment (PATH, HOME, LANG, TZ). */
  readonly env?: Readonly<Record<string, string>>;
  /** Applied to each line of standard error where it is read; default: credentials in URLs go. */
  readonly redact?: (text: string) => string;
  /** Remembers the child on disk for the sweep after a crash. */
  readonly registry?: ChildRegistry;
  readonly clock?: Clock;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started, or that it cannot be ended; null after an ordinary end. */
  readonly error: VasError | null;
}

export interface Child extends Disposable {
  /** Null when the program could not be started. */
  readonly pid: number | null;
  /** Resolves when the process has ended and its pipes are drained; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Present with `stdout: 'pipe'`. */
  readonly stdout: Readable | null;
  /** Each line of standard error, redacted. */
  onStderr(listener: (line: string) => void): Disposable;
  /** Each line of an extra pipe. @throws RangeError for a descriptor that was not asked for */
  onLine(descriptor: number, listener: (line: string) => void): Disposable;
  /** The last lines of standard error, redacted, oldest first. */
  stderrTail(): string[];
  /** Asks it to end (SIGTERM; FFmpeg then finishes its files) and kills it after `graceMs`; 0 kills at once. */
  stop(graceMs: number): Promise<ChildExit>;
}

/** The environment children get: nothing of the application's leaks into them. */
function minimalEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: process.env['HOME'] ?? '/',
    LANG: 'C',
    TZ: 'UTC',
    ...extra,
  };
}

/** What to do about a program that cannot be started. */
function adviceFor(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException | undefined)?.code) {
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open on this computer. Close other programs and try again.';
    case 'EAGAIN':
      return 'Too many programs run on this computer. Close some and try again.';
    default:
      return 'Is it installed?';
  }
}

/**
 * Starts a program without a shell and owns it by its handle (W-21, W-23). On Linux it does not outlive
 * the application. Failing to start is reported by `exited`, not thrown.
 */
export function spawnChild(options: ChildOptions): Child {
  const clock = options.clock ?? systemClock;
  const redact = options.redact ?? redactText;
  const program = path.basename(options.file);
  const log = options.log.child({ child: options.label });
  const extraPipes = options.extraPipes ?? 0;
  const stderrLines = new Emitter<string>((error) => log.error({ err: error }, 'a listener failed'));
  const pipeLines = Array.from(
    { length: extraPipes },
    () => new Emitter<string>((error) => log.error({ err: error }, 'a listener failed')),
  );
  const tail: string[] = [];
  const command = boundToParent(options.file, options.args);
  const child = spawn(command.file, command.args, {
    stdio: [
      options.descriptors?.input ?? (options.stdin === undefined ? 'ignore' : 'pipe'),
      options.descriptors?.output ?? (options.stdout === 'pipe' ? 'pipe' : 'ignore'),
      options.descriptors?.error ?? 'pipe',
      ...pipeLines.map(() => 'pipe' as const),
    ],
    env: minimalEnvironment(options.env ?? {}),
    shell: false,
    windowsHide: true,
  });
  // Before anything else: without a listener the failure to start would end the application.
  const failedToStart = new Promise<Error>((resolve) => child.on('error', resolve));
  const pid = child.pid ?? null;
  // There is none where the system has no descriptors left for it.
  const stdio = (child.stdio as ChildProcess['stdio'] | undefined) ?? [];
  let startError: VasError | null = null;
  let exit: ChildExit | null = null;
  let stopping: Promise<ChildExit> | null = null;
  const timers = new Set<Timer>();

  const missing = (cause?: unknown): VasError =>
    new VasError('unavailable', `The program ${program} could not be started. ${adviceFor(cause)}`, {
      cause,
    });

  if (child.stderr) {
    readLines(child.stderr, (raw) => {
      const line = redact(raw).slice(0, TAIL_LINE_LENGTH);
      // setpriv speaks only when it could not become the program.
      if (pid !== null && command.file !== options.file && /^setpriv: failed to execute/.test(raw)) {
        startError ??= missing();
      }
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      stderrLines.emit(line);
    });
  }
  pipeLines.forEach((emitter, index) => {
    const stream = stdio[index + 3];
    if (stream) readLines(stream as Readable, (line) => emitter.emit(line));
  });
  // A child that ends before it has read everything breaks the pipe (EPIPE); its exit says why.
  child.stdin?.on('error', () => undefined);
  if (options.stdin !== undefined) child.stdin?.end(options.stdin);

  const exited = new Promise<ChildExit>((resolve) => {
    const finish = (result: ChildExit): void => {
      if (exit) return;
      exit = result;
      for (const timer of timers) timer.cancel();
      timers.clear();
      if (pid !== null) options.registry?.forget(pid);
      log.debug({ pid, code: result.code, signal: result.signal }, 'child ended');
      resolve(result);
    };
    void failedToStart.then((error) => {
      if (pid === null) finish({ code: null, signal: null, error: missing(error) });
    });
    child.on('exit', () => {
      // Pipes that something else keeps open must not hold the owner up.
      timers.add(
        clock.after(DRAIN_MS, () => {
          for (const stream of stdio) stream?.destroy();
        }),
      );
    });
    child.on('close', (code, signal) => {
      if (pid === null) return;
      finish({ code, signal, error: startError });
    });
  });

  if (pid !== null) {
    options.registry?.remember(pid, options.label);
    log.debug({ pid }, 'child started');
  }

  const end = async (graceMs: number): Promise<ChildExit> => {
    if (exit || pid === null) return exited;
    const stuck = new Promise<ChildExit>((resolve) => {
      const kill = (): void => {
        child.kill('SIGKILL');
        timers.add(
          clock.after(KILL_PATIENCE_MS, () => {
            log.error({ pid }, 'child does not end although it was killed');
            const error = new VasError('timeout', `Process ${pid} (${program}) does not end.`);
            resolve({ code: null, signal: null, error });
          }),
        );
      };
      if (graceMs <= 0) kill();
      else {
        child.kill('SIGTERM');
        timers.add(clock.after(graceMs, kill));
      }
    });
    return Promise.race([exited, stuck]);
  };

  const on = (emitter: Emitter<string>, listener: (line: string) => void): Disposable => emitter.on(listener);

  return {
    pid,
    exited,
    stdout: child.stdout ?? null,
    onStderr: (listener) => on(stderrLines, listener),
    onLine(descriptor, listener) {
      const emitter = pipeLines[descriptor - 3];
      if (!emitter) throw new RangeError(`descriptor ${descriptor} was not opened`);
      return on(emitter, listener);
    },
    stderrTail: () => [...tail],
    stop(graceMs) {
      // A more urgent wish overtakes a patient one.
      if (stopping && graceMs <= 0) return end(0);
      stopping ??= end(graceMs);
      return stopping;
    },
    async dispose() {
      await this.stop(0);
    },
  };
}
