import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../base/disposable';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { MediaReply, MediaRequest } from './worker/messages';
import type { MediaOperation, MediaOperations } from './worker/operations';

/** The media worker as the main event loop sees it. Operations run one after the other. */
export interface MediaWorker extends Disposable {
  /**
   * Runs one operation in the worker.
   * @throws VasError as the operation throws it; for failures of the operating system kind `unavailable`
   *   (ENOENT: `not_found`) with `details.code`
   */
  run<O extends MediaOperation>(
    operation: O,
    ...args: Parameters<MediaOperations[O]>
  ): Promise<ReturnType<MediaOperations[O]>>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: VasError) => void;
}

/**
 * @param script bundled media.worker; the thread starts with the first operation, and again with the next
 *   one should it ever die
 * @param background it runs behind everything that is live
 */
export function createMediaWorker(script: string, log: Logger, background = false): MediaWorker {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let nextId = 1;
  let disposed: Promise<void> | null = null;
  let idle: (() => void) | null = null;

  function settle(reply: MediaReply): void {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(errorOf(reply));
    if (pending.size === 0) idle?.();
  }

  function lost(from: Worker, reason: string): void {
    if (worker !== from) return;
    worker = null;
    if (pending.size > 0) log.error({ reason, pending: pending.size }, 'the media worker died');
    for (const waiting of pending.values())
      waiting.reject(new VasError('unavailable', 'Reading or writing media failed. Try again.'));
    pending.clear();
    idle?.();
  }

  function running(): Worker {
    if (worker) return worker;
    const started = new Worker(script, { name: 'media', workerData: { background } });
    started.on('message', settle);
    started.on('error', (error) => lost(started, messageOf(error)));
    started.on('exit', (code) => lost(started, `exit code ${String(code)}`));
    worker = started;
    return started;
  }

  return {
    run(operation, ...args) {
      if (disposed) return Promise.reject(new VasError('unavailable', 'The application is closing.'));
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        try {
          running().postMessage({ id, operation, args } satisfies MediaRequest);
        } catch (error) {
          pending.delete(id);
          reject(new VasError('internal', 'The media worker cannot be used.', { cause: error }));
        }
      });
    },
    dispose() {
      disposed ??= (async () => {
        if (pending.size > 0) await new Promise<void>((resolve) => (idle = resolve));
        const last = worker;
        worker = null;
        await last?.terminate();
      })();
      return disposed;
    },
  };
}

function errorOf(reply: MediaReply & { ok: false }): VasError {
  const details = { code: reply.code };
  if (reply.kind !== null) return new VasError(reply.kind, reply.message, { details });
  const kind = reply.code === 'ENOENT' ? 'not_found' : reply.code === null ? 'internal' : 'unavailable';
  return new VasError(kind, reply.message, { details });
}

/** The operating system's code of a failed operation: ENOSPC, ENOENT, ...; null when there is none. */
export function systemCodeOf(error: unknown): string | null {
  const details = error instanceof VasError ? (error.details as { code?: unknown } | undefined) : undefined;
  return typeof details?.code === 'string' ? details.code : null;
}
