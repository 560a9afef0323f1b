import { createHash } from 'node:crypto';
import { disk } from './files';

const CHUNK = 1024 * 1024;

/**
 * SHA-256 of a file, lower-case hexadecimal.
 * @param bytes only this many from its beginning; null: all of it
 */
export function hashFile(file: string, bytes: number | null): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  const fd = disk.openSync(file, 'r');
  try {
    let offset = 0;
    for (;;) {
      const wanted = bytes === null ? CHUNK : Math.min(CHUNK, bytes - offset);
      const got = wanted > 0 ? disk.readSync(fd, buffer, 0, wanted, offset) : 0;
      if (got === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, got));
      offset += got;
    }
  } finally {
    disk.closeSync(fd);
  }
}
