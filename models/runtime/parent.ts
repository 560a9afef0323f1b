import type { FromContainer, ToContainer } from '../../contract/inference/control';
import { toContainer } from '../../contract/inference/control';

/** The line to the supervisor. */
export interface ParentLink {
  send(message: FromContainer): void;
  onMessage(listener: (message: ToContainer) => void): void;
  /** The application is gone; nobody will ask again. */
  onGone(listener: () => void): void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Electron's parent port in a utilityProcess, Node's IPC channel in a forked child. */
export function connectToParent(): ParentLink {
  const port = (process as { parentPort?: UtilityPort }).parentPort;
  return {
    send(message) {
      if (port) port.postMessage(message);
      else if (process.connected) process.send?.(message, () => undefined);
    },
    onMessage(listener) {
      const hear = (value: unknown): void => {
        const parsed = toContainer.safeParse(value);
        if (parsed.success) listener(parsed.data);
      };
      if (port) port.on('message', ({ data }) => hear(data));
      else process.on('message', hear);
    },
    onGone(listener) {
      // Electron ends its utility processes by itself.
      if (!port) process.on('disconnect', listener);
    },
  };
}
