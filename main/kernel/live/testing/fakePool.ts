import { EventEmitter } from 'node:events';
import type { Disposable } from '../../../base/disposable';
import type { Lease, WorkerPool } from '../workerPool';

/** Stands in for workers where no packet flows. */
export class FakePool {
  failing: Error | null = null;
  /** A worker hangs: it never answers. */
  hanging = false;
  leases = 0;
  producers = 0;

  get pool(): WorkerPool {
    return this as unknown as WorkerPool;
  }

  onDied(): Disposable {
    return { dispose: () => undefined };
  }

  leaseForStream(): Lease {
    this.leases++;
    const worker = this.failing
      ? Promise.reject(this.failing)
      : this.hanging
        ? new Promise<never>(() => undefined)
        : Promise.resolve(this.#worker());
    return { worker, release: () => this.leases-- } as unknown as Lease;
  }

  #worker() {
    return {
      settled: () => Promise.resolve(),
      router: { createPlainTransport: () => Promise.resolve(this.#transport()) },
    };
  }

  #transport() {
    const producer = Object.assign(new EventEmitter(), {
      id: `producer ${++this.producers}`,
      closed: false,
      pause: () => Promise.resolve(),
      resume: () => Promise.resolve(),
      getStats: () => Promise.resolve([]),
      enableTraceEvent: () => Promise.resolve(),
    });
    return {
      tuple: { localPort: 40_000 },
      rtcpTuple: { localPort: 40_001 },
      connect: () => Promise.resolve(),
      produce: () => Promise.resolve(producer),
      close: () => (producer.closed = true),
    };
  }
}
