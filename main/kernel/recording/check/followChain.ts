import { CHAIN_GENESIS, chainValue } from '../../../store/segmentChain';
import type { ChainCut, ChainHead, SealedSegment } from '../../../store/types';
import type { ChainAnchor } from './anchors';

export interface ChainFault {
  readonly kind: 'chain-broken' | 'chain-hole';
  /** The row; null where rows are missing. */
  readonly path: string | null;
  readonly detail: string;
}

/** Follows a camera's chain from its beginning to its head (AR-7, AR-8), a page at a time. */
export class ChainFollower {
  readonly faults: ChainFault[] = [];
  readonly #cuts: ReadonlyMap<number, ChainCut>;
  readonly #anchor: ChainAnchor | null;
  #next = 1;
  /** Chain value of the place before; null after a hole: it cannot be known. */
  #previous: string | null = CHAIN_GENESIS;

  /** @param anchor where the chain ended once, by the audit log */
  constructor(cuts: readonly ChainCut[], anchor: ChainAnchor | null = null) {
    this.#anchor = anchor;
    this.#cuts = new Map(cuts.map((cut) => [cut.firstSeq, cut]));
  }

  /** @param rows in order, following those of the page before */
  add(rows: readonly SealedSegment[]): void {
    for (const row of rows) {
      this.#skipTo(row.seq);
      if (row.seq < this.#next) {
        this.#broken(row, `its place ${row.seq} is taken by a deletion`);
        continue;
      }
      if (this.#previous !== null && chainValue(this.#previous, row) !== row.chain)
        this.#broken(row, `hash, camera or times are not those that were registered at place ${row.seq}`);
      this.#compare(row.seq, row.chain);
      this.#previous = row.chain;
      this.#next = row.seq + 1;
    }
  }

  end(head: ChainHead | null): void {
    if (this.#anchor !== null && (head?.seq ?? 0) < this.#anchor.seq)
      this.#hole(
        `the newest entries were taken away: by the audit log of ${this.#noted()} there were ${this.#anchor.seq}, and the chain ends with place ${head?.seq ?? 0}`,
      );
    if (head === null) {
      if (this.#next > 1) this.#hole('the end of the chain is not on record');
      return;
    }
    this.#skipTo(head.seq + 1);
    if (this.#next === head.seq + 1 && this.#previous !== null && this.#previous !== head.chain)
      this.#hole(`the chain does not end with the value on record for place ${head.seq}`);
    if (this.#next > head.seq + 1)
      this.#hole(`the chain goes on behind its end on record, place ${head.seq}`);
  }

  #skipTo(seq: number): void {
    while (this.#next < seq) {
      const cut = this.#cuts.get(this.#next);
      if (!cut) {
        const last = this.#cutAfter(seq) - 1;
        const places = last > this.#next ? `places ${this.#next} to ${last}` : `place ${this.#next}`;
        this.#hole(`rows were taken away without a note: ${places}`);
        this.#next = last + 1;
        this.#previous = null;
      } else {
        this.#compare(cut.lastSeq, cut.chain);
        this.#previous = cut.chain;
        this.#next = cut.lastSeq + 1;
      }
    }
  }

  #compare(seq: number, chain: string): void {
    if (this.#anchor === null || seq !== this.#anchor.seq || chain === this.#anchor.chain) return;
    this.#hole(
      `place ${seq} is not what the audit log of ${this.#noted()} knows: the chain was written anew`,
    );
  }

  #noted(): string {
    return new Date(Math.floor((this.#anchor?.timeUs ?? 0) / 1000)).toISOString();
  }

  /** Where the hole that begins at the present place ends. */
  #cutAfter(seq: number): number {
    let end = seq;
    for (const first of this.#cuts.keys()) if (first > this.#next && first < end) end = first;
    return end;
  }

  #broken({ path }: SealedSegment, detail: string): void {
    this.faults.push({ kind: 'chain-broken', path, detail });
  }

  #hole(detail: string): void {
    this.faults.push({ kind: 'chain-hole', path: null, detail });
  }
}
