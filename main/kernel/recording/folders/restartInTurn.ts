import type { Clock, Timer } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';

/** Between the restarts of two cameras, milliseconds: the wall never goes dark at once. */
const APART_MS = 700;

/** Restarts cameras one after the other; one that waits already is not asked for twice. */
export class RestartInTurn implements Disposable {
  readonly #clock: Clock;
  readonly #restart: (cameraId: string) => void;
  readonly #waiting = new Set<string>();
  #timer: Timer | null = null;

  constructor(clock: Clock, restart: (cameraId: string) => void) {
    this.#clock = clock;
    this.#restart = restart;
  }

  add(cameraIds: readonly string[]): void {
    for (const id of cameraIds) this.#waiting.add(id);
    if (!this.#timer) this.#next();
  }

  dispose(): void {
    this.#waiting.clear();
    this.#timer?.cancel();
    this.#timer = null;
  }

  #next(): void {
    this.#timer = null;
    const [cameraId] = this.#waiting;
    if (cameraId === undefined) return;
    this.#waiting.delete(cameraId);
    this.#restart(cameraId);
    this.#timer = this.#clock.after(APART_MS, () => this.#next());
  }
}
