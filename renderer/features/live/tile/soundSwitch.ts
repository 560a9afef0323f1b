/**
 * Whether this window makes sound. One switch for the window: what is heard is the selected tile, never several
 * at once. Off at every start, so that a workstation never begins to talk by itself.
 */
class SoundSwitch {
  readonly #listeners = new Set<() => void>();
  #isOn = false;

  readonly isOn = (): boolean => this.#isOn;

  set(on: boolean): void {
    if (on === this.#isOn) return;
    this.#isOn = on;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Of this window. */
export const soundSwitch = new SoundSwitch();
