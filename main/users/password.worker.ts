import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../base/errors';
import type { PasswordJob } from './passwords';
import { runJob } from './argon2';

/** Makes or checks one password hash away from the main event loop, and ends. */
runJob(workerData as PasswordJob).then(
  (value) => parentPort?.postMessage({ ok: true, value }),
  (error: unknown) => parentPort?.postMessage({ ok: false, message: messageOf(error) }),
);
