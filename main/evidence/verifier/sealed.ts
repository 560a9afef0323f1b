import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Decrypter } from 'age-encryption';
import { messageOf } from '../../base/errors';
import { readTarHeader } from '../tar';
import { MANIFEST, SIGNATURE } from './manifest';
import type { PackageReader } from './verify';

const TAR_BLOCK = 512;
/** Files that are read as they are; the others are only hashed. */
const KEPT: readonly string[] = [MANIFEST, SIGNATURE];
/** Of a manifest of 64 cameras and 31 days, with room. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

interface Entry {
  readonly bytes: number;
  readonly blocks: readonly string[];
  /** Null: only hashed. */
  readonly content: Uint8Array | null;
}

/** Why an encrypted package cannot be verified at all. */
export class SealedError extends Error {
  constructor(
    message: string,
    /** Nothing of it could be read: a wrong passphrase, or no such file. */
    readonly isUnopened: boolean,
  ) {
    super(message);
  }
}

/**
 * An encrypted package, decrypted while it is read and nowhere written: of each file the hashes of its blocks.
 * @throws SealedError when the passphrase does not open it, or it was altered or cut off
 */
export async function sealedReader(
  file: string,
  passphrase: string,
  blockBytes: number,
): Promise<PackageReader> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.normalize('NFKC'));
  const source = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const plain = await decrypter.decrypt(source).catch((error: unknown) => {
    const isWrong = String(error).includes('no identity matched');
    throw new SealedError(
      isWrong
        ? 'The passphrase does not open the package.'
        : `This is no encrypted package: ${messageOf(error)}`,
      true,
    );
  });
  let entries: ReadonlyMap<string, Entry>;
  try {
    entries = await readEntries(new Chunks(plain), blockBytes);
  } catch (error) {
    throw new SealedError(`The encrypted file was altered or is not whole: ${messageOf(error)}`, false);
  }
  const of = (path: string): Entry => {
    const entry = entries.get(path);
    if (entry === undefined) throw new Error(`${path} is missing`);
    return entry;
  };
  return {
    list: () => Promise.resolve([...entries.keys()]),
    size: (path) => Promise.resolve(of(path).bytes),
    read(path, from, bytes) {
      const { content } = of(path);
      if (content === null) return Promise.reject(new Error(`${path} was not kept`));
      return Promise.resolve(content.subarray(from, from + bytes));
    },
    blockHash(path, from, bytes) {
      if (from % blockBytes !== 0) return Promise.reject(new Error('Its blocks have another size.'));
      const { blocks, bytes: size } = of(path);
      const there = Math.min(blockBytes, Math.max(0, size - from));
      // A block that is longer than it should be has another hash.
      return Promise.resolve({ bytes: Math.min(there, bytes), sha256: blocks[from / blockBytes] ?? '' });
    },
  };
}

async function readEntries(chunks: Chunks, blockBytes: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (;;) {
    const header = readTarHeader(await chunks.take(TAR_BLOCK));
    if (header === null) break;
    // Below the folder of the package.
    const path = header.path.split('/').slice(1).join('/');
    const isKept = KEPT.includes(path);
    if (isKept && header.bytes > MOST_KEPT_BYTES) throw new Error(`${path} is too large`);
    const blocks: string[] = [];
    const kept: Uint8Array[] = [];
    for (let at = 0; at < header.bytes; at += blockBytes) {
      const block = await chunks.take(Math.min(blockBytes, header.bytes - at));
      blocks.push(createHash('sha256').update(block).digest('hex'));
      if (isKept) kept.push(block);
    }
    await chunks.take((TAR_BLOCK - (header.bytes % TAR_BLOCK)) % TAR_BLOCK);
    entries.set(path, { bytes: header.bytes, blocks, content: isKept ? Buffer.concat(kept) : null });
  }
  // To the end: the last piece of the encryption vouches for all of it.
  await chunks.drain();
  return entries;
}

/** Takes pieces of any size out of a stream. */
class Chunks {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  async take(bytes: number): Promise<Uint8Array> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < bytes) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error('it ends too early');
      parts.push(value);
      have += value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    this.#rest = all.subarray(bytes);
    return all.subarray(0, bytes);
  }

  async drain(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
}
