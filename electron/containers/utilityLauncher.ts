import type { Readable } from 'node:stream';
import { utilityProcess } from 'electron';
import type { ContainerLauncher, ProcessExit } from '../../main/containers/launcher';
import { containerEnvironment } from '../../main/containers/launcher';
import { ProcessEvents } from '../../main/containers/processEvents';
import type { ProcessIdentity } from '../../main/kernel/process/procStat';
import { endOf, identify } from '../../main/kernel/process/procStat';

/**
 * Model containers as Electron utility processes: their own Node, their own crash (seed 003, INV-07).
 * @param entry the bundled container.worker.cjs, outside the archive
 */
export function createUtilityLauncher(entry: string): ContainerLauncher {
  return {
    launch(label) {
      const child = utilityProcess.fork(entry, [], {
        serviceName: label,
        env: containerEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const events = new ProcessEvents(child.stderr as Readable | null);
      child.on('message', (message: unknown) => events.message(message));
      child.on('exit', (code) => events.end(exitOf(code)));
      let spawned: { readonly pid: number; readonly identity: Promise<ProcessIdentity | null> } | null = null;
      child.once('spawn', () => {
        if (child.pid !== undefined) spawned = { pid: child.pid, identity: identify(child.pid) };
      });
      return {
        get pid() {
          return child.pid ?? null;
        },
        post: (message) => child.postMessage(message),
        ...events.listeners(),
        // Electron learns of the end of a utility process by its channel, whose descriptors may live on in programs
        // that were started meanwhile; an end was once told half a minute late. The kernel knows at once.
        async lookForEnd() {
          if (spawned === null || events.hasEnded) return;
          const { pid, identity } = spawned;
          const ended = await endOf(pid, (await identity)?.startTicks ?? -1);
          if (ended !== null) events.end({ code: ended.code, signal: nameOf(ended.signal) });
        },
        kill() {
          // Electron's own `kill` asks (SIGTERM), which a container that hangs does not hear.
          if (child.pid === undefined) {
            child.kill();
            return;
          }
          try {
            process.kill(child.pid, 'SIGKILL');
          } catch {
            // It has ended, and Electron does not know yet.
          }
        },
      };
    },
  };
}

const SIGNALS: Readonly<Record<number, string>> = {
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

const nameOf = (signal: number | null): string | null =>
  signal === null ? null : (SIGNALS[signal] ?? `signal ${signal}`);

/** Electron reports a process that a signal ended by the signal's number or by 128 more. */
function exitOf(code: number): ProcessExit {
  const signal = SIGNALS[code > 128 ? code - 128 : code];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}
