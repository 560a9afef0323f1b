export type Stage = 'preprocess' | 'model' | 'postprocess';

/** Adds up where the time of one request goes, milliseconds. Requests run one after the other. */
export class Stopwatch {
  #spent: Record<Stage, number> = { preprocess: 0, model: 0, postprocess: 0 };

  reset(): void {
    this.#spent = { preprocess: 0, model: 0, postprocess: 0 };
  }

  get spent(): Readonly<Record<Stage, number>> {
    return this.#spent;
  }

  around<T>(stage: Stage, work: () => T): T {
    const began = performance.now();
    try {
      return work();
    } finally {
      this.#spent[stage] += performance.now() - began;
    }
  }

  async aroundAsync<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#spent[stage] += performance.now() - began;
    }
  }
}
