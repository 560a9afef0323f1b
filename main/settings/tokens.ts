import { randomUUID } from 'node:crypto';
import { VasError } from '../base/errors';

/** This many choices of one window are remembered. */
const MOST = 16;

/**
 * What a person chose in a dialog, kept for the window that asked: the window gets a name for it and can never
 * bring in a path of its own.
 */
export class Tokens<T> {
  readonly #kept = new Map<string, { readonly owner: string; readonly value: T }>();

  keep(owner: string, value: T): string {
    const token = randomUUID();
    this.#kept.set(token, { owner, value });
    const mine = [...this.#kept].filter(([, kept]) => kept.owner === owner);
    for (const [old] of mine.slice(0, Math.max(0, mine.length - MOST))) this.#kept.delete(old);
    return token;
  }

  /** @throws VasError not_found for a token of another window, an old or an unknown one */
  peek(owner: string, token: string): T {
    const kept = this.#kept.get(token);
    if (kept?.owner !== owner)
      throw new VasError('not_found', 'This choice is not remembered any more. Choose again.');
    return kept.value;
  }

  drop(token: string): void {
    this.#kept.delete(token);
  }

  closeOwner(owner: string): void {
    for (const [token, kept] of this.#kept) if (kept.owner === owner) this.#kept.delete(token);
  }
}
