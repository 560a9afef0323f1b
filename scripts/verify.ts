import { stat } from 'node:fs/promises';
import { BLOCK_BYTES } from '../main/evidence/verifier/manifest';
import { folderReader, nodeCrypto } from '../main/evidence/verifier/node';
import { SealedError, sealedReader } from '../main/evidence/verifier/sealed';
import type { PackageReader } from '../main/evidence/verifier/verify';
import { fingerprintText, manifestText, verdictText, verifyPackage } from '../main/evidence/verifier/verify';
import { askPassphrase } from './lib/askPassphrase';

/**
 * npm run verify -- FOLDER, or the file of an encrypted package, whose passphrase is asked for or read from
 * standard input and never taken as an argument. 0 unaltered, 1 not, 2 it cannot be verified.
 */
export async function verify(at: string | undefined): Promise<number> {
  const found = at === undefined ? null : await stat(at).catch(() => null);
  if (at === undefined || found === null) {
    console.error('Usage: npm run verify -- FOLDER, the folder of an evidence package,');
    console.error('or    npm run verify -- FILE.tar.age, an encrypted one; its passphrase is asked for.');
    return 2;
  }
  try {
    return await say(found.isDirectory() ? folderReader(at) : await sealed(at));
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    console.log(error.message);
    return error.isUnopened ? 2 : 1;
  }
}

async function sealed(file: string): Promise<PackageReader> {
  return sealedReader(file, await askPassphrase('Passphrase of the package: '), BLOCK_BYTES);
}

async function say(reader: PackageReader): Promise<number> {
  const verdict = await verifyPackage(reader, nodeCrypto);
  console.log(manifestText(verdict));
  if (verdict.fingerprint !== null)
    console.log(`Key ${fingerprintText(verdict.fingerprint)} (compare with Settings, About)`);
  for (const file of verdict.files) console.log(`${file.path}: ${verdictText(file)}`);
  console.log(verdict.ok ? 'The package is unaltered.' : 'The package is NOT as it was made.');
  return verdict.ok ? 0 : 1;
}
