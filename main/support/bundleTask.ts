import { Worker } from 'node:worker_threads';
import { VasError } from '../base/errors';
import type { KnownSecrets } from './redaction';

export interface BundleDocument {
  /** Path inside the bundle. */
  readonly name: string;
  readonly text: string;
}

export interface BundleTask {
  readonly target: string;
  readonly documents: readonly BundleDocument[];
  /** Files of text that are read line by line, with their paths inside the bundle. */
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly secrets: KnownSecrets;
}

export type BundleMessage =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Writes a bundle in a thread of its own.
 * @param script bundled support.worker
 * @param onProgress bytes of the files that are read
 * @returns bytes of the bundle
 * @throws VasError unavailable when it fails or was cancelled
 */
export async function writeBundle(
  script: string,
  task: BundleTask,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const worker = new Worker(script, { workerData: task, name: 'support' });
  try {
    return await new Promise<number>((resolve, reject) => {
      const cancel = () => reject(new VasError('unavailable', 'It was cancelled.'));
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
      worker.on('message', (message: BundleMessage) => {
        if (message.kind === 'progress') onProgress(message.bytes);
        else if (message.kind === 'done') resolve(message.bytes);
        else reject(new VasError('unavailable', message.message));
      });
      worker.once('error', (error) => reject(new VasError('unavailable', error.message)));
      worker.once('exit', () => reject(new VasError('unavailable', 'The work ended early.')));
    });
  } finally {
    await worker.terminate();
  }
}
