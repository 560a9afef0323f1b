import type { ErrorKind } from '../base/errors';
import type { EventReads, EventWrites } from './events/types';
import type { StoreReads, StoreWrites } from './types';

/** One call of an interface of promises: its name and arguments. */
export type CallsOf<Api> = {
  [N in keyof Api & string]: Api[N] extends (...args: infer A) => Promise<unknown>
    ? { readonly name: N; readonly args: Readonly<A> }
    : never;
}[keyof Api & string];

export type ReadCall = CallsOf<StoreReads>;
export type WriteCall = CallsOf<StoreWrites>;
export type EventCall = CallsOf<EventReads> | CallsOf<EventWrites>;
/** Several writes in one transaction. */
export interface TransactCall {
  readonly name: 'transact';
  /** One list of calls. */
  readonly args: readonly (readonly WriteCall[])[];
}
export type StoreCall = ReadCall | WriteCall | EventCall | TransactCall;

/** The synchronous side of an interface of promises: what a worker runs. */
export type HandlersOf<Api> = {
  readonly [N in keyof Api]: Api[N] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => R
    : never;
};

/** vas: everything the application cannot do without. events: what the AI saw, apart from it. */
export type DatabaseKind = 'vas' | 'events';

/** What a worker is started with. */
export type WorkerSetup =
  | {
      readonly role: 'writer';
      readonly database: DatabaseKind;
      readonly file: string;
      /**
       * True for the first writer of a store: it inspects, copies and migrates. A replacement only opens,
       * since opening the file outside SQLite would drop the readers' POSIX locks.
       */
      readonly first: boolean;
      /** Name of the local operator, used when the database is created. */
      readonly userName: string;
      /** Microseconds since the epoch, stamped on migrations. */
      readonly nowUs: number;
    }
  | { readonly role: 'reader'; readonly database: DatabaseKind; readonly file: string }
  | { readonly role: 'lock'; readonly file: string };

/** A VasError as it crosses a thread boundary. */
export interface WireError {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly details?: unknown;
}

export type ToWorker =
  | { readonly kind: 'call'; readonly seq: number; readonly call: StoreCall }
  | { readonly kind: 'close'; readonly seq: number };

export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  /** Copy made before; null for a new database. */
  readonly backup: string | null;
}

export interface Ready {
  readonly kind: 'ready';
  /** 0 for the lock. */
  readonly schemaVersion: number;
  readonly migrated: MigrationReport | null;
}

export interface Answer {
  readonly kind: 'answer';
  readonly seq: number;
  readonly value: unknown;
  /** Time inside the worker, microseconds. */
  readonly elapsedUs: number;
}

export interface Failure {
  readonly kind: 'failure';
  readonly seq: number;
  readonly error: WireError;
  readonly elapsedUs: number;
}

export type FromWorker = Ready | { readonly kind: 'refused'; readonly error: WireError } | Answer | Failure;
