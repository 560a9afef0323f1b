import { createHash } from 'node:crypto';
import type { AuditRow } from './types';

/** What the first entry follows. */
const FIRST_PREVIOUS = '0'.repeat(64);

/** What is hashed of an entry: its values in a fixed order as JSON, which has one spelling for each. */
function canonicalOf(entry: Omit<AuditRow, 'hash'>): string {
  const { seq, timeUs, userId, userName, action, objectKind, objectId, cameras, detail, outcome } = entry;
  return JSON.stringify([
    ...[seq, timeUs, userId, userName, action, objectKind, objectId, cameras, detail, outcome],
    entry.previous,
  ]);
}

/** Lower-case hex SHA-256 over the canonical content, which ends with the previous hash. */
export function hashOf(entry: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256').update(canonicalOf(entry), 'utf8').digest('hex');
}

/** Where a chain is broken, and how it shows. */
export interface ChainBreak {
  readonly seq: number;
  /** missing: a row is gone or moved; changed: its content does not give its hash; link: it follows another row. */
  readonly kind: 'missing' | 'changed' | 'link';
}

/** Walks rows in their order and tells the first difference. */
export class ChainWalk {
  #seq: number;
  #hash: string;

  constructor(after: { readonly seq: number; readonly hash: string } = { seq: 0, hash: FIRST_PREVIOUS }) {
    this.#seq = after.seq;
    this.#hash = after.hash;
  }

  /** Of the last row that was right. */
  get last(): { readonly seq: number; readonly hash: string } {
    return { seq: this.#seq, hash: this.#hash };
  }

  /** @returns what is wrong with this row, null if nothing is */
  next(row: AuditRow): ChainBreak | null {
    if (row.seq !== this.#seq + 1) return { seq: this.#seq + 1, kind: 'missing' };
    if (row.previous !== this.#hash) return { seq: row.seq, kind: 'link' };
    if (hashOf(row) !== row.hash) return { seq: row.seq, kind: 'changed' };
    this.#seq = row.seq;
    this.#hash = row.hash;
    return null;
  }
}
