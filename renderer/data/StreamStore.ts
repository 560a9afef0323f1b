import type { StreamState } from '../../contract';

export type Role = StreamState['role'];

/** A stream's state and when it arrived, so that countdowns go on between messages. */
export interface TimedStreamState {
  readonly state: StreamState;
  /** Date.now() of its arrival, milliseconds. */
  readonly receivedAt: number;
}

export const streamKey = (cameraId: string, role: Role) => `${cameraId}:${role}`;

/**
 * The newest state of every stream. A stream whose state did not change keeps its object, so that
 * only the tiles and rows of changed streams render again.
 */
export class StreamStore {
  #streams: ReadonlyMap<string, TimedStreamState> = new Map();
  #received = false;
  readonly #texts = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  /** Takes a full list of streams; the ones that are missing are gone. */
  readonly update = (value: { readonly streams: readonly StreamState[] }, now = Date.now()): void => {
    const next = new Map<string, TimedStreamState>();
    let changed = !this.#received || value.streams.length !== this.#streams.size;
    for (const state of value.streams) {
      const key = streamKey(state.camera_id, state.role);
      const text = JSON.stringify(state);
      const before = this.#streams.get(key);
      if (before !== undefined && this.#texts.get(key) === text) {
        next.set(key, before);
        continue;
      }
      this.#texts.set(key, text);
      next.set(key, { state, receivedAt: now });
      changed = true;
    }
    this.#received = true;
    if (!changed) return;
    for (const key of this.#texts.keys()) if (!next.has(key)) this.#texts.delete(key);
    this.#streams = next;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** All streams by `streamKey`; a new object after each change. */
  readonly all = (): ReadonlyMap<string, TimedStreamState> => this.#streams;

  /** Whether the main process has reported at all. */
  readonly received = (): boolean => this.#received;

  get(cameraId: string, role: Role): TimedStreamState | null {
    return this.#streams.get(streamKey(cameraId, role)) ?? null;
  }
}
