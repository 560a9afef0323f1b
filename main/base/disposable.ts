/** Something that holds timers, sockets, processes or listeners and gives them back. */
export interface Disposable {
  /** Releases everything and resolves when it is gone. Calling it again is harmless. */
  dispose(): void | Promise<void>;
}

/** Owns disposables and releases them in reverse order of registration. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #disposed: Promise<void> | null = null;

  /** Takes ownership of `item` and returns it. Adding to a disposed store disposes at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) void item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Takes ownership of a release function. */
  defer(release: () => void | Promise<void>): void {
    this.add({ dispose: release });
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      const failures: unknown[] = [];
      for (const item of this.#items.splice(0).reverse()) {
        try {
          await item.dispose();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'disposing failed');
    })();
    return this.#disposed;
  }
}
