import type { ToContainer } from '../../contract/inference/control';
import type { Disposable } from '../base/disposable';

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A running container process, owned by its handle. */
export interface ContainerProcess {
  /** Null while it has none (yet). */
  readonly pid: number | null;
  post(message: ToContainer): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Told once; at once when it has already ended. */
  onExit(listener: (exit: ProcessExit) => void): Disposable;
  /** Each line of its standard error. */
  onStderr(listener: (line: string) => void): Disposable;
  /** Looks whether it has ended without anybody being told, and then tells `onExit`. */
  lookForEnd(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** Starts container processes: an Electron utilityProcess (electron/), a forked Node child in tests. */
export interface ContainerLauncher {
  /** @param label for process lists and logs */
  launch(label: string): ContainerProcess;
}

/** What of the application's environment a container gets: nothing that it does not need. */
export function containerEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'VAS_NATIVE'];
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LANG: 'C', TZ: 'UTC' };
}
