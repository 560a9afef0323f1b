import type { ActionId } from './actions';
import { assign, keysOf, readOverrides } from './bindings';
import type { Overrides } from './bindings';
import type { Chord } from './chord';

const CACHE = 'vas.keys';

/** Where the chosen keys are kept for good. */
export type SaveKeys = (overrides: Overrides) => Promise<void>;

/**
 * The keys in force. They are known at once from a copy in the window's storage; the user's own, which
 * the main process keeps, replace it when they arrive.
 */
export class KeyStore {
  #overrides: Overrides;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.#overrides = this.#cached();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  readonly overrides = (): Overrides => this.#overrides;

  keys(id: ActionId): readonly Chord[] {
    return keysOf(this.#overrides, id);
  }

  /** What the main process has for this user. */
  adopt(stored: unknown): void {
    this.#set(readOverrides(stored));
  }

  /**
   * Gives an action its keys, at once; actions that conflict lose them.
   * @throws what `save` throws; the keys are then as before
   */
  async change(id: ActionId, chords: readonly Chord[], save: SaveKeys): Promise<void> {
    await this.#keep(assign(this.#overrides, id, chords), save);
  }

  /** All keys as they were at first. @throws what `save` throws; the keys are then as before */
  async resetAll(save: SaveKeys): Promise<void> {
    await this.#keep({}, save);
  }

  async #keep(next: Overrides, save: SaveKeys): Promise<void> {
    const before = this.#overrides;
    this.#set(next);
    try {
      await save(next);
    } catch (error) {
      if (this.#overrides === next) this.#set(before);
      throw error;
    }
  }

  #set(next: Overrides): void {
    if (JSON.stringify(next) === JSON.stringify(this.#overrides)) return;
    this.#overrides = next;
    try {
      this.storage?.setItem(CACHE, JSON.stringify(next));
    } catch {
      // A full or forbidden storage costs only the head start.
    }
    for (const listener of [...this.#listeners]) listener();
  }

  #cached(): Overrides {
    try {
      return readOverrides(JSON.parse(this.storage?.getItem(CACHE) ?? '{}'));
    } catch {
      return {};
    }
  }
}

/** Of this window. */
export const keyStore = new KeyStore(typeof window === 'undefined' ? null : window.localStorage);
