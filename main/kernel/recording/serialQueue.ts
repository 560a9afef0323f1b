/** Runs asynchronous tasks one after the other; one that fails does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything that is in the queue now is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
