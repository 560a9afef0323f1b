import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { boundToParent } from '../../../main/kernel/process/parentDeath';
import type { RunningPeer } from './peer';

/** How long a program may take to close its files, milliseconds. */
const PATIENCE_MS = 4000;

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

/** Starts programs that end with this process. */
export async function startAll(
  commands: readonly { readonly file: string; readonly args: readonly string[] }[],
): Promise<RunningPeer> {
  const children = commands.map((command) => {
    const { file, args } = boundToParent(command.file, command.args);
    const child = spawn(file, [...args], { stdio: ['ignore', 'ignore', 'ignore'] });
    return { child, ended: once(child, 'exit') };
  });
  const pids = children.flatMap(({ child }) => (child.pid === undefined ? [] : [child.pid]));
  await Promise.resolve();
  return {
    pids,
    async stop() {
      for (const { child } of children) if (child.exitCode === null) child.kill('SIGTERM');
      const late = setTimeout(() => {
        for (const { child } of children) if (child.exitCode === null) child.kill('SIGKILL');
      }, PATIENCE_MS);
      await Promise.all(
        children.map(({ child, ended }) =>
          child.exitCode === null && child.signalCode === null ? ended : null,
        ),
      );
      clearTimeout(late);
    },
  };
}
