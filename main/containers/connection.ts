import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { MAX_MESSAGE_BYTES, MessageReader } from '../../contract/inference/wire';

/** Responses have no limit in the reference; larger ones than this are not believed. */
const MAX_RESPONSE_BYTES = MAX_MESSAGE_BYTES;

export interface ConnectionEnd {
  /** Bytes of the current answer had arrived. */
  readonly midAnswer: boolean;
  readonly error: Error | null;
}

/** One connection to a container: one request at a time, answers in order. Knows nothing of time. */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new MessageReader(MAX_RESPONSE_BYTES);
  #waiting: { answer: (body: Uint8Array) => void; ended: (end: ConnectionEnd) => void } | null = null;
  #error: Error | null = null;
  #open = true;
  #ours = false;
  /** Answers that came over it. */
  answers = 0;

  /** @param onEnd told once, when it can no longer be used; `byServer`: not because of `destroy` */
  constructor(socketPath: string, onEnd: (byServer: boolean) => void) {
    this.#socket = connect({ path: socketPath });
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', (error) => (this.#error = error));
    // The server has nothing more to say: whatever is asked now would get no answer.
    this.#socket.on('end', () => this.#end(onEnd));
    this.#socket.on('close', () => this.#end(onEnd));
  }

  /** @throws Error when a request is already under way */
  send(message: Uint8Array, answer: (body: Uint8Array) => void, ended: (end: ConnectionEnd) => void): void {
    if (this.#waiting) throw new Error('one request at a time');
    this.#waiting = { answer, ended };
    if (this.#open) this.#socket.write(message);
    else this.#tellEnded();
  }

  destroy(): void {
    this.#ours = true;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    let bodies: Uint8Array[];
    try {
      bodies = this.#reader.push(chunk);
    } catch (error) {
      this.#socket.destroy(error as Error);
      return;
    }
    for (const body of bodies) {
      const waiting = this.#waiting;
      if (!waiting) {
        this.#socket.destroy(new Error('an answer that nobody asked for'));
        return;
      }
      this.#waiting = null;
      this.answers++;
      waiting.answer(body);
    }
  }

  #end(onEnd: (byServer: boolean) => void): void {
    if (!this.#open) return;
    this.#open = false;
    onEnd(!this.#ours);
    this.#socket.destroy();
    this.#tellEnded();
  }

  #tellEnded(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.ended({ midAnswer: this.#reader.pendingBytes > 0, error: this.#error });
  }
}
