import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { CameraFaultRow, Store } from '../../store/types';
import type { StreamStatus } from '../streams';
import { cameraIdOf, roleOf } from '../streams';

interface Statuses {
  onStatus(listener: (status: StreamStatus) => void): Disposable;
}

/** Remembers the last fault of each camera's main stream, also over a restart of the application. */
export class CameraFaults implements Disposable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #subscription: Disposable;
  /** Faults that last, by camera; null: the camera is known to be well. */
  readonly #open = new Map<string, CameraFaultRow | null>();

  constructor(store: Store, ingest: Statuses, clock: Clock, log: Logger) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#subscription = ingest.onStatus((status) => this.#note(status));
  }

  last(cameraId: string): Promise<CameraFaultRow | null> {
    return this.#store.read.lastFault(cameraId);
  }

  dispose(): void | Promise<void> {
    return this.#subscription.dispose();
  }

  #note(status: StreamStatus): void {
    if (roleOf(status.streamId) !== 'main') return;
    const cameraId = cameraIdOf(status.streamId);
    // Not since when its phase lasts: what is missing comes and goes while a stream runs.
    const nowUs = this.#clock.wallUs();
    const open = this.#open.get(cameraId);
    if (status.fault) {
      if (open?.code === status.fault.code) return;
      // Another reason of the same outage: it began when the first one did.
      const row = {
        cameraId,
        code: status.fault.code,
        sinceUs: open?.sinceUs ?? nowUs,
        untilUs: null,
      };
      this.#open.set(cameraId, row);
      this.#write(this.#store.write.noteFault(row));
    } else if (open !== null && (status.phase === 'running' || status.phase === 'stopped')) {
      this.#open.set(cameraId, null);
      // Undefined: one may last from before the start of the application.
      this.#write(this.#store.write.endFault(cameraId, nowUs));
    }
  }

  #write(writing: Promise<void>): void {
    writing.catch((error: unknown) =>
      this.#log.warn({ reason: messageOf(error) }, 'a fault of a camera could not be noted'),
    );
  }
}
