import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ZipFile } from 'yazl';
import { messageOf } from '../base/errors';
import { lowerThreadPriority } from '../kernel/process/threadPriority';
import type { BundleMessage, BundleTask } from './bundleTask';
import { supportRedactor } from './redaction';

/** Writes one bundle away from the main event loop and behind everything that is live, and ends. */
lowerThreadPriority();
const task = workerData as BundleTask;
const clean = supportRedactor(task.secrets);
const tell = (message: BundleMessage) => parentPort?.postMessage(message);
/** Progress is told after this many bytes. */
const STEP = 256 * 1024;
let read = 0;

const cleanText = (text: string): string => text.split('\n').map(clean).join('\n');

/** Line by line: a log of 20 MB never lies in memory. A log that is gone meanwhile is empty. */
async function* linesOf(file: string): AsyncGenerator<string> {
  if ((await stat(file).catch(() => null)) === null) return;
  let told = 0;
  const stream = createReadStream(file);
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    yield `${clean(line)}\n`;
    if (stream.bytesRead - told < STEP) continue;
    read += stream.bytesRead - told;
    told = stream.bytesRead;
    tell({ kind: 'progress', bytes: read });
  }
  read += stream.bytesRead - told;
  tell({ kind: 'progress', bytes: read });
}

async function write(): Promise<number> {
  const zip = new ZipFile();
  for (const { name, text } of task.documents) zip.addBuffer(Buffer.from(cleanText(text)), name);
  for (const { name, path } of task.files)
    zip.addReadStreamLazy(name, (give) => give(null, Readable.from(linesOf(path))));
  zip.end();
  const part = `${task.target}.part`;
  const failed = new Promise<never>((_resolve, reject) => zip.once('error', reject));
  await Promise.race([
    pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600, flush: true })),
    failed,
  ]);
  const { size } = await stat(part);
  await rename(part, task.target);
  return size;
}

write().then(
  (bytes) => tell({ kind: 'done', bytes }),
  (error: unknown) => tell({ kind: 'failed', message: messageOf(error) }),
);
