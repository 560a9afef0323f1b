import type { HandlersOf } from '../protocol';
import type { StoreReads, StoreWrites } from '../types';

/** The handlers of some reads. */
export type ReadPart<N extends keyof StoreReads> = Pick<HandlersOf<StoreReads>, N>;
/** The handlers of some writes. */
export type WritePart<N extends keyof StoreWrites> = Pick<HandlersOf<StoreWrites>, N>;

/** A page of rows and how many there are in all. */
export interface Page<Row> {
  rows: Row[];
  total: number;
}
