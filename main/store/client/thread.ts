import type { Worker, WorkerOptions } from 'node:worker_threads';
import { messageOf } from '../../base/errors';
import type {
  Answer,
  Failure,
  FromWorker,
  Ready,
  StoreCall,
  ToWorker,
  WireError,
  WorkerSetup,
} from '../protocol';
import { fromWire } from '../wire';

/** Starts the worker script; tests wrap it to hold on to the threads. */
export type Spawn = (options: WorkerOptions & { readonly workerData: WorkerSetup }) => Worker;

type Reply = Answer | Failure;

/** One life of a worker thread: it becomes ready or refuses, answers calls, and is gone once. */
export class WorkerThread {
  /** @throws VasError when the worker could not open its database or died first */
  readonly ready: Promise<Ready>;
  /** Resolves with the reason, for the log, when the thread has ended, however it ended. */
  readonly gone: Promise<string>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #seq = 0;
  #death: WireError | null = null;

  constructor(spawn: Spawn, setup: WorkerSetup) {
    // Flags and credentials-bearing variables of the main process are none of its business.
    this.#worker = spawn({ workerData: setup, name: `store-${setup.role}`, execArgv: [], env: {} });
    let refusal: WireError | null = null;
    let uncaught: string | null = null;
    this.gone = new Promise((resolve) => {
      this.#worker.on('error', (error) => (uncaught = messageOf(error)));
      this.#worker.on('exit', (code) => {
        const reason = refusal?.message ?? uncaught ?? `exit code ${code}`;
        this.#die(`The ${setup.role} of the database stopped (${reason}). Try again.`);
        resolve(reason);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        switch (message.kind) {
          case 'ready':
            resolve(message);
            break;
          case 'refused':
            refusal = message.error;
            reject(fromWire(message.error));
            break;
          case 'answer':
          case 'failure':
            this.#settle(message);
            break;
        }
      });
      void this.gone.then((reason) =>
        reject(fromWire({ kind: 'unavailable', message: `The database could not be opened (${reason}).` })),
      );
    });
    // Whoever awaits it hears of it; nobody has to.
    this.ready.catch(() => undefined);
  }

  get dead(): boolean {
    return this.#death !== null;
  }

  /** Never rejects: a thread that dies fails what it was asked with `unavailable`. */
  call(call: StoreCall): Promise<Reply> {
    return this.#post((seq) => ({ kind: 'call', seq, call }));
  }

  /** Closes the database connection and ends the thread. Resolves with what went wrong in closing, or null. */
  async end(): Promise<WireError | null> {
    const reply = this.#death ? null : await this.#post((seq) => ({ kind: 'close', seq }));
    await this.#worker.terminate();
    await this.gone;
    return reply?.kind === 'failure' ? reply.error : null;
  }

  /** Ends the thread as it is. */
  async abandon(): Promise<void> {
    await this.#worker.terminate();
    await this.gone;
  }

  #post(message: (seq: number) => ToWorker): Promise<Reply> {
    const seq = ++this.#seq;
    const death = this.#death;
    if (death) return Promise.resolve({ kind: 'failure', seq, error: death, elapsedUs: 0 });
    return new Promise((resolve) => {
      this.#pending.set(seq, resolve);
      this.#worker.postMessage(message(seq));
    });
  }

  #settle(reply: Reply): void {
    this.#pending.get(reply.seq)?.(reply);
    this.#pending.delete(reply.seq);
  }

  #die(message: string): void {
    this.#death = { kind: 'unavailable', message };
    for (const seq of [...this.#pending.keys()])
      this.#settle({ kind: 'failure', seq, error: this.#death, elapsedUs: 0 });
  }
}
