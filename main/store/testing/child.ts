import { build } from 'esbuild';
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  /** The next line it prints; rejects when it ends first. */
  nextLine(): Promise<string>;
  /** Kills it without a chance to clean up and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs one of the programs in this folder as a process of its own. */
export async function runChild(program: string, args: readonly string[]): Promise<Child> {
  const outfile = path.resolve('dist/testing', `${path.basename(program, '.ts')}.cjs`);
  await build({
    entryPoints: [path.resolve('main/store/testing', program)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['better-sqlite3', 'pino'],
    logLevel: 'warning',
  });
  const child = spawn(process.execPath, [outfile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  return {
    process: child,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error('the child ended');
      return value;
    },
    kill,
  };
}
