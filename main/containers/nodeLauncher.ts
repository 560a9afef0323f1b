import { fork } from 'node:child_process';
import { Emitter } from '../base/emitter';
import { readLines } from '../kernel/process/lines';
import type { ContainerLauncher, ProcessExit } from './launcher';
import { containerEnvironment } from './launcher';

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
      const messages = new Emitter<unknown>();
      const exits = new Emitter<ProcessExit>();
      const lines = new Emitter<string>();
      let exit: ProcessExit | null = null;
      child.on('message', (message) => messages.emit(message));
      if (child.stderr) readLines(child.stderr, (line) => lines.emit(line));
      const end = (value: ProcessExit): void => {
        if (exit) return;
        exit = value;
        exits.emit(value);
      };
      child.on('exit', (code, signal) => end({ code, signal }));
      child.on('error', () => {
        if (child.pid === undefined) end({ code: null, signal: null });
      });
      return {
        pid: child.pid ?? null,
        post(message) {
          if (child.connected) child.send(message, () => undefined);
        },
        onMessage: (listener) => messages.on(listener),
        onExit(listener) {
          if (exit) {
            listener(exit);
            return { dispose: () => undefined };
          }
          return exits.on(listener);
        },
        onStderr: (listener) => lines.on(listener),
        // Node is told of every end by the kernel.
        lookForEnd: () => Promise.resolve(),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
