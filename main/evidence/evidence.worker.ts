import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../base/errors';
import { lowerThreadPriority } from '../kernel/process/threadPriority';
import { hashBlocks } from './hashBlocks';
import { sealFolder } from './sealFolder';
import type { EvidenceTask } from './task';

/** Hashes or encrypts away from the main event loop and behind everything that is live, and ends. */
lowerThreadPriority();
const port = parentPort;
const task = workerData as EvidenceTask;

async function work(): Promise<unknown> {
  if (task.kind === 'hash') return hashBlocks(task.file, task.blockBytes);
  return sealFolder(task, (bytes) => port?.postMessage({ kind: 'progress', bytes }));
}

work().then(
  (value) => port?.postMessage({ kind: 'done', value }),
  (error: unknown) => port?.postMessage({ kind: 'failed', message: messageOf(error) }),
);
