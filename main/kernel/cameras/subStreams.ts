import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';

/** How long an unused sub-stream stays open, so that changing the layout does not reconnect. */
const LINGER_MS = 10_000;

interface Use {
  count: number;
  idle: Timer | null;
}

/** Counts who needs a camera's sub-stream: it has an RTSP session only while a tile or a detector does. */
export class SubStreams implements Disposable {
  readonly #uses = new Map<string, Use>();
  readonly #clock: Clock;
  readonly #start: (cameraId: string) => void;
  readonly #stop: (cameraId: string) => void;

  constructor(clock: Clock, start: (cameraId: string) => void, stop: (cameraId: string) => void) {
    this.#clock = clock;
    this.#start = start;
    this.#stop = stop;
  }

  /** Opens the stream if it is not; dispose the result to let go of it. */
  acquire(cameraId: string): { dispose(): void } {
    const use = this.#uses.get(cameraId) ?? { count: 0, idle: null };
    this.#uses.set(cameraId, use);
    use.idle?.cancel();
    if (use.count === 0 && use.idle === null) this.#start(cameraId);
    use.idle = null;
    use.count++;
    let released = false;
    return {
      dispose: () => {
        if (released) return;
        released = true;
        use.count--;
        if (use.count === 0 && this.#uses.get(cameraId) === use)
          use.idle = this.#clock.after(LINGER_MS, () => this.#end(cameraId));
      },
    };
  }

  /** Whether the stream is wanted or lingers. */
  has(cameraId: string): boolean {
    return this.#uses.has(cameraId);
  }

  /** Forgets a camera that is deleted; later releases are harmless. Who needs a stopped one needs it still. */
  forget(cameraId: string): void {
    this.#uses.get(cameraId)?.idle?.cancel();
    this.#uses.delete(cameraId);
  }

  dispose(): void {
    for (const cameraId of [...this.#uses.keys()]) this.forget(cameraId);
  }

  #end(cameraId: string): void {
    this.forget(cameraId);
    this.#stop(cameraId);
  }
}
