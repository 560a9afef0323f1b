import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { electronExecutable, repositoryRoot, sandboxArguments } from './runtime';

export interface BareProcess {
  readonly child: ChildProcess;
  /** Resolves with the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  output(): string;
  /** Ends it and its children the hard way. */
  kill(): Promise<void>;
}

/** Starts the application as a user's second click would: nothing drives it. */
export function startBare(dataDir: string): BareProcess {
  const child = spawn(electronExecutable(), [repositoryRoot, ...sandboxArguments()], {
    cwd: repositoryRoot,
    env: { ...process.env, VAS_DATA_DIR: dataDir, VAS_LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    child,
    ended,
    output: () => output,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}
