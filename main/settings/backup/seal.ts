import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { VasError } from '../../base/errors';
import type { BackupDocument, SealedSecrets, Secrets } from './format';
import { canonical, secrets } from './format';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);
/** 128 MiB and some tenths of a second for each guess. */
const COST = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** The same characters typed on another keyboard are the same passphrase. Runs on libuv's threads. */
const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), salt, KEY_BYTES, COST);

/** What the tag covers besides the secrets: everything else in the file. */
const restOf = (document: BackupDocument): Buffer => Buffer.from(canonical({ ...document, secrets: null }));

/** @returns the document with its secrets sealed into it */
export async function seal(
  document: BackupDocument,
  plain: Secrets,
  passphrase: string,
): Promise<BackupDocument> {
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(restOf(document));
  const data = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()]);
  return {
    ...document,
    secrets: {
      ...{ kdf: 'scrypt-131072-8-1', cipher: 'aes-256-gcm' },
      ...{ salt: salt.toString('base64'), nonce: nonce.toString('base64') },
      ...{ tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') },
    },
  };
}

/** @throws VasError invalid for a wrong passphrase or a file that was changed after it was sealed */
export async function unseal(
  document: BackupDocument & { readonly secrets: SealedSecrets },
  passphrase: string,
): Promise<Secrets> {
  const { salt, nonce, tag, data } = document.secrets;
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const key = await keyOf(passphrase, bytes(salt));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(nonce), { authTagLength: TAG_BYTES });
    decipher.setAAD(restOf(document));
    decipher.setAuthTag(bytes(tag));
    const text = Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString('utf8');
    return secrets.parse(JSON.parse(text));
  } catch (cause) {
    // The cipher cannot tell one from the other.
    throw new VasError(
      'invalid',
      'The passphrase is wrong, or the file was changed after it was made. Nothing was restored.',
      { cause, details: { code: 'wrong_passphrase' } },
    );
  }
}
