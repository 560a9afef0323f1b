import { VasError } from '../../../base/errors';
import { disk } from '../worker/files';

/** Random access to the bytes of a file that may still grow. Reads are synchronous: for worker threads. */
export interface ByteSource {
  /** Length when the source was made, bytes. What is appended later does not exist for it. */
  readonly size: number;
  /** Exactly `length` bytes at `offset`. @throws VasError invalid when they are not there */
  read(offset: number, length: number): Buffer;
}

/** Bytes read ahead at each seek: a fragment's header fits, its pictures are left alone. */
const WINDOW = 4096;

/** @param fd an open descriptor; the caller closes it */
export function fileBytes(fd: number): ByteSource {
  const { size } = disk.fstatSync(fd);
  let windowAt = 0;
  let window = Buffer.alloc(0);
  return {
    size,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) throw beyondEnd(offset, length);
      if (offset < windowAt || offset + length > windowAt + window.length) {
        const wanted = Math.min(Math.max(length, WINDOW), size - offset);
        const buffer = Buffer.allocUnsafe(wanted);
        let have = 0;
        while (have < wanted) {
          const got = disk.readSync(fd, buffer, have, wanted - have, offset + have);
          if (got === 0) break;
          have += got;
        }
        if (have < length) throw beyondEnd(offset, length);
        window = buffer.subarray(0, have);
        windowAt = offset;
      }
      return window.subarray(offset - windowAt, offset - windowAt + length);
    },
  };
}

export function memoryBytes(buffer: Buffer): ByteSource {
  return {
    size: buffer.length,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > buffer.length) throw beyondEnd(offset, length);
      return buffer.subarray(offset, offset + length);
    },
  };
}

function beyondEnd(offset: number, length: number): VasError {
  return new VasError('invalid', `The file has no ${String(length)} bytes at ${String(offset)}.`);
}
