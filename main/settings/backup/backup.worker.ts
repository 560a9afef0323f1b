import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, VasError } from '../../base/errors';
import { MOST_BYTES } from './format';
import { parseDocument, tooLarge } from './parse';
import { parseSections } from './parseSections';

/** Reads and checks one backup file, away from the main event loop, and ends. `workerData` is its path. */
function read(file: string) {
  // A pipe must not hold it up.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new VasError('invalid', 'This is not a file. Choose a backup file.');
    if (stat.size > MOST_BYTES) throw tooLarge();
    const document = parseDocument(readFileSync(fd, 'utf8'));
    return { document, sections: parseSections(document) };
  } finally {
    closeSync(fd);
  }
}

try {
  parentPort?.postMessage({ ok: true, backup: read(workerData as string) });
} catch (error) {
  const kind = error instanceof VasError ? error.kind : 'unavailable';
  const message = error instanceof VasError ? error.message : `The file cannot be read: ${messageOf(error)}`;
  parentPort?.postMessage({ ok: false, kind, message });
}
