/** A request that was asked, one after the other. */
export interface Asked {
  readonly wanted: string;
  readonly turn: number;
}

/**
 * Which answers count: those to what is wanted now, unless a newer one has come already. One to an earlier asking of
 * the same does, or a query that takes longer than the time between two askings would never show anything.
 */
export class AnswerOrder {
  #wanted = '';
  #turn = 0;
  #answered = 0;

  ask(wanted: string): Asked {
    this.#wanted = wanted;
    return { wanted, turn: ++this.#turn };
  }

  /** Called once for each answer, as it comes. */
  counts({ wanted, turn }: Asked): boolean {
    if (wanted !== this.#wanted || turn < this.#answered) return false;
    this.#answered = turn;
    return true;
  }
}
