import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { openOrdinaryFile } from '../../base/ordinaryFile';
import type { Crypto, PackageReader } from './verify';

/** DER of an Ed25519 public key before its 32 bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export const nodeCrypto: Crypto = {
  digest: (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest()),
  verifyEd25519: (publicKey, signature, message) => {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    return Promise.resolve(verify(null, message, key, signature));
  },
};

/** Links, pipes and devices are listed by this name, which no manifest has: what they lead to is no part of a package. */
const NO_FILE = ' (no ordinary file)';

/** A package in a folder. Links are not followed. */
export function folderReader(folder: string): PackageReader {
  const at = (name: string) => {
    const file = path.resolve(folder, name);
    if (!file.startsWith(path.resolve(folder) + path.sep))
      throw new Error(`${name} leads out of the package`);
    return file;
  };
  return {
    async list() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => {
          const name = path.relative(folder, path.join(entry.parentPath, entry.name));
          return `${name.split(path.sep).join('/')}${entry.isFile() ? '' : NO_FILE}`;
        });
    },
    size: async (name) => (await stat(at(name))).size,
    async read(name, from, bytes) {
      const file = await openOrdinaryFile(at(name));
      try {
        const buffer = Buffer.alloc(bytes);
        const { bytesRead } = await file.read(buffer, 0, bytes, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}
