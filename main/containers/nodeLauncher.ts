import { fork } from 'node:child_process';
import type { ContainerLauncher } from './launcher';
import { containerEnvironment } from './launcher';
import { ProcessEvents } from './processEvents';

/**
 * Containers as plain Node children: for tests and benchmarks, which run without Electron.
 * @param entry the bundled container.worker.cjs
 * @param execArgv further arguments of Node, e.g. a smaller heap
 */
export function createNodeLauncher(entry: string, execArgv: readonly string[] = []): ContainerLauncher {
  return {
    launch() {
      const child = fork(entry, [], {
        env: containerEnvironment(),
        execArgv: [...execArgv],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'json',
      });
      const events = new ProcessEvents(child.stderr);
      child.on('message', (message) => events.message(message));
      child.on('exit', (code, signal) => events.end({ code, signal }));
      child.on('error', () => {
        if (child.pid === undefined) events.end({ code: null, signal: null });
      });
      return {
        pid: child.pid ?? null,
        post(message) {
          if (child.connected) child.send(message, () => undefined);
        },
        ...events.listeners(),
        // Node is told of every end by the kernel.
        lookForEnd: () => Promise.resolve(),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
