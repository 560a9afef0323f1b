import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { boundToParent } from '../../../main/kernel/process/parentDeath';
import type { RunningPeer } from './peer';

/** How long a program may take to close its files, milliseconds. */
const PATIENCE_MS = 4000;

export interface PeerCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Besides the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Path of an installed program; null when it is not installed. */
export function installed(name: string): string | null {
  for (const folder of [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'])
    try {
      const file = path.join(folder, name);
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not there.
    }
  return null;
}

/** Starts a program that ends with this process. */
export function startOne({ file, args, env }: PeerCommand, stdio: StdioOptions = 'ignore'): ChildProcess {
  const bound = boundToParent(file, args);
  return spawn(bound.file, bound.args, { stdio, env: { ...process.env, ...env } });
}

/** Starts programs that end with this process. */
export function startAll(commands: readonly PeerCommand[]): RunningPeer {
  return running(commands.map((command) => startOne(command)));
}

/** Programs as a peer: in this order they are told to end, and killed when they do not. */
export function running(children: readonly ChildProcess[]): RunningPeer {
  return {
    pids: children.flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
    stop: async () => {
      await Promise.all(children.map(endGently));
    },
  };
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(late);
}
