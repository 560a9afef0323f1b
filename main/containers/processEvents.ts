import type { Readable } from 'node:stream';
import { Emitter } from '../base/emitter';
import { readLines } from '../kernel/process/lines';
import type { ContainerProcess, ProcessExit } from './launcher';

/** What a container process tells, whatever started it: messages, lines of its standard error, and its end once. */
export class ProcessEvents {
  readonly #messages = new Emitter<unknown>();
  readonly #exits = new Emitter<ProcessExit>();
  readonly #lines = new Emitter<string>();
  #exit: ProcessExit | null = null;

  constructor(stderr: Readable | null) {
    if (stderr) readLines(stderr, (line) => this.#lines.emit(line));
  }

  get hasEnded(): boolean {
    return this.#exit !== null;
  }

  message(message: unknown): void {
    this.#messages.emit(message);
  }

  /** The first word about its end counts. */
  end(exit: ProcessExit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#exits.emit(exit);
  }

  /** The listeners' side, as `ContainerProcess` has it. */
  listeners(): Pick<ContainerProcess, 'onMessage' | 'onExit' | 'onStderr'> {
    return {
      onMessage: (listener) => this.#messages.on(listener),
      onExit: (listener) => {
        if (this.#exit === null) return this.#exits.on(listener);
        listener(this.#exit);
        return { dispose: () => undefined };
      },
      onStderr: (listener) => this.#lines.on(listener),
    };
  }
}
