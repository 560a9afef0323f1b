import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHashes } from './task';

/** SHA-256 of a file and of each of its blocks, lower-case hex. */
export function hashBlocks(file: string, blockBytes: number): FileHashes {
  const whole = createHash('sha256');
  const blocks: string[] = [];
  const buffer = Buffer.allocUnsafe(blockBytes);
  const fd = openSync(file, 'r');
  let bytes = 0;
  try {
    for (;;) {
      let filled = 0;
      while (filled < blockBytes) {
        const got = readSync(fd, buffer, filled, blockBytes - filled, bytes + filled);
        if (got === 0) break;
        filled += got;
      }
      if (filled === 0) break;
      const block = buffer.subarray(0, filled);
      whole.update(block);
      blocks.push(createHash('sha256').update(block).digest('hex'));
      bytes += filled;
    }
  } finally {
    closeSync(fd);
  }
  return { bytes, sha256: whole.digest('hex'), blocks };
}
