import { Worker } from 'node:worker_threads';
import { VasError } from '../base/errors';

export interface HashTask {
  readonly kind: 'hash';
  readonly file: string;
  readonly blockBytes: number;
}
export interface SealTask {
  readonly kind: 'seal';
  /** The folder of the package; its files go into the archive below its name. */
  readonly folder: string;
  readonly target: string;
  readonly passphrase: string;
  /** Files of the folder that do not go into it. */
  readonly leaveOut: readonly string[];
}
export type EvidenceTask = HashTask | SealTask;

export interface FileHashes {
  readonly bytes: number;
  readonly sha256: string;
  readonly blocks: readonly string[];
}

type Message =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Runs one task in a thread of its own.
 * @param script bundled evidence.worker
 * @throws VasError unavailable when it fails or was cancelled
 */
export async function runTask(
  script: string,
  task: EvidenceTask,
  signal: AbortSignal,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<unknown> {
  const worker = new Worker(script, { workerData: task, name: 'evidence' });
  try {
    return await new Promise((resolve, reject) => {
      const cancel = () => reject(new VasError('unavailable', 'It was cancelled.'));
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
      worker.on('message', (message: Message) => {
        if (message.kind === 'progress') onProgress(message.bytes);
        else if (message.kind === 'done') resolve(message.value);
        else reject(new VasError('unavailable', message.message));
      });
      worker.once('error', (error) => reject(new VasError('unavailable', error.message)));
      worker.once('exit', () => reject(new VasError('unavailable', 'The work on the package ended early.')));
    });
  } finally {
    await worker.terminate();
  }
}
