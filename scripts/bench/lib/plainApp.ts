import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sandboxArguments, electronExecutable, repositoryRoot } from '../../../e2e/support/runtime';
import { familyOf, stillRuns } from '../../../e2e/support/processes';
import { until } from '../../../e2e/support/wait';

/** The application started as a user starts it, without a debugger attached. */
export interface PlainApp {
  readonly pid: number;
  /** System wall clock right before the process was created, milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
  /** Resolves with the wall clock at which this line was printed on standard output. */
  printed(line: string, timeoutMs: number): Promise<number>;
  /** Quits as a user would; resolves when the process has ended. */
  quit(): Promise<void>;
  /**
   * SIGKILL to every process of the application at once; resolves when all are gone.
   * @returns wall clock of the first signal, milliseconds since the Unix epoch
   */
  killEverything(): Promise<number>;
}

export function startPlainApp(options: {
  dataDir: string;
  env?: Readonly<Record<string, string>>;
  args?: readonly string[];
}): PlainApp {
  // Nobody is there to say who works here.
  const env: NodeJS.ProcessEnv = { ...process.env, VAS_DATA_DIR: options.dataDir, VAS_SIGN_IN: 'off' };
  delete env['ELECTRON_RUN_AS_NODE'];
  const lines = new Map<string, number>();
  const startedAtMs = Date.now();
  const child = spawn(
    electronExecutable(),
    [...sandboxArguments(), ...(options.args ?? []), repositoryRoot],
    {
      cwd: repositoryRoot,
      env: { ...env, ...options.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!lines.has(line.trim())) lines.set(line.trim(), Date.now());
  });
  const ended = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('Electron could not be started.');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    startedAtMs,
    printed: (line, timeoutMs) =>
      until(
        `the application prints: ${line}`,
        () => {
          if (hasEnded() && !lines.has(line))
            throw new Error(`the application ended before it printed: ${line}`);
          return lines.get(line);
        },
        { timeoutMs, everyMs: 10 },
      ),
    async quit() {
      if (hasEnded()) return;
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(patience);
    },
    async killEverything() {
      const family = familyOf(pid, options.dataDir);
      const atMs = Date.now();
      for (const victim of [pid, ...family.map((one) => one.pid)]) {
        try {
          process.kill(victim, 'SIGKILL');
        } catch {
          // It ended by itself because another one did.
        }
      }
      await ended;
      // What was being started while we looked; the arguments of every child name the data folder.
      await until('every process of the application is gone', () => {
        const left = [...family, ...familyOf(pid, options.dataDir)].filter(stillRuns);
        for (const one of left) process.kill(one.pid, 'SIGKILL');
        return left.length === 0;
      });
      return atMs;
    },
  };
}
