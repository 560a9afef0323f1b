import type { Disposable } from '../../base/disposable';

/** Files that somebody reads and that must therefore stay. */
export class Holds {
  readonly #counts = new Map<string, number>();

  hold(files: readonly string[]): Disposable {
    for (const file of files) this.#counts.set(file, (this.#counts.get(file) ?? 0) + 1);
    let held = true;
    return {
      dispose: () => {
        if (!held) return;
        held = false;
        for (const file of files) {
          const left = (this.#counts.get(file) ?? 1) - 1;
          if (left > 0) this.#counts.set(file, left);
          else this.#counts.delete(file);
        }
      },
    };
  }

  isHeld(file: string): boolean {
    return this.#counts.has(file);
  }

  get size(): number {
    return this.#counts.size;
  }
}
