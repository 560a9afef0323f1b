import { Worker } from 'node:worker_threads';
import type { ErrorKind } from '../../base/errors';
import { VasError } from '../../base/errors';
import type { BackupDocument } from './format';
import type { BackupSections } from './parseSections';

/** A backup that was read and checked. */
export interface BackupFile {
  /** As it stands in the file, which is what its passwords are sealed with. */
  readonly document: BackupDocument;
  readonly sections: BackupSections;
}

type Answer =
  | { readonly ok: true; readonly backup: BackupFile }
  | { readonly ok: false; readonly kind: ErrorKind; readonly message: string };

/**
 * Reads a backup file in a thread of its own.
 * @param script bundled backup.worker
 * @throws VasError invalid (no backup, damaged, changed, too new, too large), unavailable (cannot be read)
 */
export async function readBackup(file: string, script: string): Promise<BackupFile> {
  const worker = new Worker(script, { workerData: file, name: 'backup' });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new VasError('internal', 'The backup could not be read. Try again.')));
    });
    if (answer.ok) return answer.backup;
    throw new VasError(answer.kind, answer.message);
  } finally {
    await worker.terminate();
  }
}
