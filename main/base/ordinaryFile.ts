import type { FileHandle } from 'node:fs/promises';
import { constants, open } from 'node:fs/promises';

/**
 * Opens a file for reading that somebody else has named or made. A pipe without a writer does not hold it up, and what
 * is no ordinary file (pipe, device, folder) is refused.
 * @throws Error of the file system, or saying that it is no file
 */
export async function openOrdinaryFile(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('it is no ordinary file');
}

/** @throws Error as `openOrdinaryFile`, and when it is larger than allowed */
export async function readOrdinaryFile(file: string, mostBytes: number): Promise<string> {
  const handle = await openOrdinaryFile(file);
  try {
    if ((await handle.stat()).size > mostBytes) throw new Error(`it is larger than ${mostBytes / 1024} KiB`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
