/** Runs what has the same key one after the other, in the order in which it was asked for. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const tail = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.#last.get(key) === tail) this.#last.delete(key);
      });
    this.#last.set(key, tail);
    return turn;
  }

  /** Resolves when everything asked for so far is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
