import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1024 * 1024;

/**
 * SHA-256 of a file, lower-case hexadecimal.
 * @param bytes only this many from its beginning; null: all of it
 */
export function hashFile(file: string, bytes: number | null): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  const fd = openSync(file, 'r');
  try {
    let offset = 0;
    for (;;) {
      const wanted = bytes === null ? CHUNK : Math.min(CHUNK, bytes - offset);
      const got = wanted > 0 ? readSync(fd, buffer, 0, wanted, offset) : 0;
      if (got === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, got));
      offset += got;
    }
  } finally {
    closeSync(fd);
  }
}
