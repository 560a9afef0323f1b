import { accessSync, constants } from 'node:fs';

const SETPRIV_PATHS = ['/usr/bin/setpriv', '/bin/setpriv'];

let setpriv: string | null | undefined;

function findSetpriv(): string | null {
  if (process.platform !== 'linux') return null;
  for (const path of SETPRIV_PATHS) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return null;
}

/**
 * Wraps a command so that the kernel kills it when the application dies, however it dies. FFmpeg neither
 * notices a closed standard input (-nostdin) nor a broken progress pipe, and would go on recording for nobody.
 * util-linux's setpriv sets PR_SET_PDEATHSIG and then becomes the program, so pid and descriptors stay.
 * The signal follows the thread that spawned: spawn from a thread that lives as long as the application.
 * Where setpriv is missing the command is returned as it is; the sweep at the next start then cleans up.
 */
export function boundToParent(file: string, args: readonly string[]): { file: string; args: string[] } {
  setpriv ??= findSetpriv();
  if (setpriv === null) return { file, args: [...args] };
  return { file: setpriv, args: ['--pdeathsig', 'KILL', '--', file, ...args] };
}
