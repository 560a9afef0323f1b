import { Worker } from 'node:worker_threads';
import { VasError } from '../base/errors';

export type PasswordJob =
  | { readonly kind: 'hash'; readonly password: string }
  | { readonly kind: 'verify'; readonly password: string; readonly encoded: string | null };

export interface PasswordVerdict {
  readonly isRight: boolean;
  /** A new hash of the same password where the kept one was cheaper than what is made today. */
  readonly upgraded: string | null;
}

/** Argon2id in a thread of its own for each password: 64 MiB that nobody holds while nothing is checked. */
export class Passwords {
  readonly #script: string;
  /** One after the other: many wrong guesses at once shall not take the memory of the workstation. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param script bundled password.worker */
  constructor(script: string) {
    this.#script = script;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn({ kind: 'hash', password }) as Promise<string>;
  }

  /** @param encoded null takes as long and is never right */
  verify(password: string, encoded: string | null): Promise<PasswordVerdict> {
    return this.#inTurn({ kind: 'verify', password, encoded }) as Promise<PasswordVerdict>;
  }

  #inTurn(job: PasswordJob): Promise<unknown> {
    const mine = this.#last.then(() => this.#run(job));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #run(job: PasswordJob): Promise<unknown> {
    const worker = new Worker(this.#script, { workerData: job, name: 'password' });
    try {
      return await new Promise((resolve, reject) => {
        const failed = () =>
          reject(new VasError('internal', 'The password could not be checked. Try again.'));
        worker.once('message', (answer: { ok: boolean; value?: unknown }) =>
          answer.ok ? resolve(answer.value) : failed(),
        );
        worker.once('error', failed);
        worker.once('exit', failed);
      });
    } finally {
      await worker.terminate();
    }
  }
}
