import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, VasError } from '../../base/errors';
import { lowerThreadPriority } from '../process/threadPriority';
import type { MediaReply, MediaRequest } from './worker/messages';
import { mediaOperations } from './worker/operations';

const port = parentPort;
if (!port) throw new Error('media.worker is a worker thread');
if ((workerData as { background?: boolean } | null)?.background === true) lowerThreadPriority();

port.on('message', (request: MediaRequest) => {
  const { id } = request;
  try {
    const operation = mediaOperations[request.operation] as (...args: readonly unknown[]) => unknown;
    const value = operation(...request.args);
    port.postMessage({ id, ok: true, value } satisfies MediaReply, transfersOf(value));
  } catch (error) {
    port.postMessage({
      id,
      ok: false,
      kind: error instanceof VasError ? error.kind : null,
      message: messageOf(error),
      code: (error as NodeJS.ErrnoException | null)?.code ?? null,
    } satisfies MediaReply);
  }
});

/** Packets of a picture are handed over, not copied. */
function transfersOf(value: unknown): ArrayBuffer[] {
  const bytes = (value as { bytes?: unknown } | null)?.bytes;
  return bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
}
