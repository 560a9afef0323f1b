/** Headers of a POSIX (ustar) archive, which every system can unpack. */
const BLOCK = 512;
/** What fits into the field of the size: eleven octal digits. */
const MOST_BYTES = 8 ** 11 - 1;

/** @param path with forward slashes; some 250 bytes at most, the last part 100 */
export function tarHeader(path: string, bytes: number, seconds: number): Uint8Array {
  const { prefix, name } = splitOf(path);
  if (bytes > MOST_BYTES) throw new Error(`${path} does not fit into a tar`);
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
  header.write(prefix, 345, 'utf8');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** The two fields of a path; the slash between them is not kept. */
function splitOf(path: string): { readonly prefix: string; readonly name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return { prefix, name };
  }
  throw new Error(`${path} does not fit into a tar`);
}

/** An entry's path and size; null: the end of the archive. @throws Error for what is no plain file */
export function readTarHeader(header: Uint8Array): { readonly path: string; readonly bytes: number } | null {
  const block = Buffer.from(header);
  if (block.every((byte) => byte === 0)) return null;
  const text = (from: number, length: number) => {
    const field = block.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? length : end).toString('utf8');
  };
  if (text(156, 1) !== '0' || !text(257, 6).startsWith('ustar'))
    throw new Error('The archive is none of ours.');
  const [prefix, bytes] = [text(345, 155), parseInt(text(124, 12), 8)];
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error('The archive is damaged.');
  return { path: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, bytes };
}

/** Zeros behind a file of this size. */
export const tarPadding = (bytes: number): Uint8Array => new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

/** Two empty blocks end an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * BLOCK);
