import { app } from 'electron';
import type { Application } from '../../main/application';
import type { Logger } from '../../main/base/logger';

/** How long quitting may take before what is left is abandoned to the operating system. */
const SHUTDOWN_LIMIT_MS = 8_000;

export interface Shutdown {
  /** Ends the application in order, without asking. */
  end(exitCode?: number): void;
  /** True from the moment the end has begun: windows then close for good. */
  readonly ending: boolean;
}

/**
 * Stops recording, live view and every child before the process ends. Nothing here asks: a signal and the end
 * of the login come through here as well.
 */
export function createShutdown(
  starting: Promise<Application>,
  log: Logger,
  flushLog: () => Promise<void>,
): Shutdown {
  let exitCode = 0;
  let ending = false;
  // mediasoup listens to these signals, which takes them from Electron's own quitting.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  app.on('before-quit', (event) => {
    if (ending) return;
    event.preventDefault();
    ending = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, SHUTDOWN_LIMIT_MS));
    const stopped = starting.then((application) => application.dispose()).catch(() => undefined);
    void Promise.race([stopped, limit]).then(async () => {
      log.info('application ended');
      await flushLog();
      app.exit(exitCode);
    });
  });
  return {
    end(code = 0) {
      exitCode = code;
      app.quit();
    },
    get ending() {
      return ending;
    },
  };
}
