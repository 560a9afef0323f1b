import { encodeMessage } from '../../contract/inference/wire';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { ConnectionEnd } from './connection';
import { Connection } from './connection';

/** Connections to one container at most, those that wait for a late answer included. */
const MAX_CONNECTIONS = 16;
/** How long a connection whose request timed out may wait for the late answer, milliseconds. */
const LATE_PATIENCE_MS = 10_000;

export type Outcome =
  | { readonly kind: 'answer'; readonly body: Uint8Array }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unavailable'; readonly message: string };

/**
 * Asks one container over pooled connections (docs/architecture.md, "UDS to the containers"). Works with servers
 * that keep a connection and with those that close it after each answer (reference 4.1). Nothing is asked twice:
 * only a request that a server closed on unread, because it had ended the connection before, goes out again.
 */
export class ContainerClient implements Disposable {
  readonly #socketPath: string;
  readonly #clock: Clock;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #timers = new Set<Timer>();
  #serverCloses = false;
  #disposed = false;
  readonly counters = { late: 0, timeouts: 0, connected: 0, reused: 0 };

  constructor(options: { socketPath: string; clock: Clock }) {
    this.#socketPath = options.socketPath;
    this.#clock = options.clock;
  }

  /** Never rejects. @param deadlineMs later answers are discarded and counted */
  ask(request: unknown, deadlineMs: number): Promise<Outcome> {
    if (this.#disposed) return Promise.resolve({ kind: 'unavailable', message: 'the container was stopped' });
    const message = encodeMessage(request);
    return new Promise((resolve) => {
      let connection: Connection | null = null;
      let settled = false;
      const settle = (outcome: Outcome): void => {
        settled = true;
        this.#forget(timer);
        resolve(outcome);
      };
      const timer = this.#after(deadlineMs, () => {
        this.counters.timeouts++;
        settle({ kind: 'timeout' });
        if (connection) this.#awaitLate(connection);
      });
      const go = (reuse: boolean): void => {
        const reused = reuse ? this.#idle.pop() : undefined;
        if (!reused && this.#all.size >= MAX_CONNECTIONS) {
          settle({ kind: 'busy' });
          return;
        }
        if (reused) this.counters.reused++;
        const used = reused ?? this.#connect();
        connection = used;
        used.send(
          message,
          (body) => {
            if (settled) this.counters.late++;
            else settle({ kind: 'answer', body });
            this.#giveBack(used);
          },
          (end) => {
            if (settled) return;
            // The server had closed this connection before it read the request: that is no attempt.
            if (reused && !end.midAnswer) go(false);
            else settle({ kind: 'unavailable', message: sayEnd(end) });
          },
        );
      };
      go(true);
    });
  }

  /** Open connections, for tests and health. */
  get connections(): number {
    return this.#all.size;
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    for (const connection of [...this.#all]) connection.destroy();
    this.#idle.length = 0;
  }

  #connect(): Connection {
    this.counters.connected++;
    const connection: Connection = new Connection(this.#socketPath, (byServer) => {
      this.#all.delete(connection);
      const index = this.#idle.indexOf(connection);
      if (index >= 0) this.#idle.splice(index, 1);
      // It served one answer and then closed: keeping connections to this server is of no use.
      if (byServer && connection.answers === 1) this.#serverCloses = true;
    });
    this.#all.add(connection);
    return connection;
  }

  #giveBack(connection: Connection): void {
    if (this.#disposed) connection.destroy();
    else if (this.#serverCloses) connection.destroy();
    else if (this.#all.has(connection)) this.#idle.push(connection);
  }

  /** Its answer must not be taken for the next request's: the connection waits until it came. */
  #awaitLate(connection: Connection): void {
    const { answers } = connection;
    this.#after(LATE_PATIENCE_MS, () => {
      // Once it came, the connection may be busy with another request.
      if (connection.answers === answers) connection.destroy();
    });
  }

  #after(delayMs: number, work: () => void): Timer {
    const timer: Timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      work();
    });
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: Timer): void {
    timer.cancel();
    this.#timers.delete(timer);
  }
}

function sayEnd({ error, midAnswer }: ConnectionEnd): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'the container does not run';
  return midAnswer
    ? 'the container ended in the middle of its answer'
    : 'the container ended without an answer';
}
