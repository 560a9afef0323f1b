import type { types } from 'mediasoup';
import type { SfuWorker } from './sfuProcess';
import { LOOPBACK, SFU_PORTS } from './loopbackPorts';

interface Pipe {
  readonly opened: Promise<types.Consumer | null>;
  users: number;
}

/** A producer that can be consumed on another worker until it is released. */
export interface PipeUse {
  release(): void;
}

const NO_PIPE: PipeUse = { release: () => undefined };

/** Carries producers to the workers on which windows want them, once each, while somebody needs it. */
export class Pipes {
  readonly #pipes = new Map<string, Pipe>();

  /** How many producers are carried to another worker. */
  get count(): number {
    return this.#pipes.size;
  }

  /** @throws when producer or worker are gone */
  async use(producerId: string, from: SfuWorker, to: SfuWorker): Promise<PipeUse> {
    if (from === to) return NO_PIPE;
    const key = `${producerId}>${to.router.id}`;
    // The promise itself is kept: two first viewers share it (W-20).
    const pipe = this.#pipes.get(key) ?? this.#open(key, producerId, from, to);
    pipe.users += 1;
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      pipe.users -= 1;
      if (pipe.users > 0) return;
      if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
      // Closing this end closes the producer on the other worker too.
      void pipe.opened.then((consumer) => consumer?.close()).catch(() => undefined);
    };
    try {
      await pipe.opened;
      return { release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #open(key: string, producerId: string, from: SfuWorker, to: SfuWorker): Pipe {
    const opened = from.router
      .pipeToRouter({
        producerId,
        router: to.router,
        listenInfo: { protocol: 'udp', ip: LOOPBACK, portRange: SFU_PORTS.windows },
        enableSctp: false,
      })
      .then(({ pipeConsumer }) => {
        // Ends with its producer or with either worker.
        pipeConsumer?.observer.once('close', () => {
          if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
        });
        return pipeConsumer ?? null;
      });
    const pipe: Pipe = { opened, users: 0 };
    this.#pipes.set(key, pipe);
    return pipe;
  }
}
