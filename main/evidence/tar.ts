/** Headers of a POSIX (ustar) archive, which every system can unpack. */
const BLOCK = 512;
/** What fits into the field of the size: eleven octal digits. */
const MOST_BYTES = 8 ** 11 - 1;

/** @param name at most 100 bytes */
export function tarHeader(name: string, bytes: number, seconds: number): Uint8Array {
  if (Buffer.byteLength(name) > 100 || bytes > MOST_BYTES) throw new Error(`${name} does not fit into a tar`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0, 'utf8');
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes, 12), 124);
  header.write(octal(seconds, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Zeros behind a file of this size. */
export const tarPadding = (bytes: number): Uint8Array => new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

/** Two empty blocks end an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * BLOCK);
