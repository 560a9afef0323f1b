import { stat } from 'node:fs/promises';
import { folderReader, nodeCrypto } from '../main/evidence/verifier/node';
import { fingerprintText, manifestText, verdictText, verifyPackage } from '../main/evidence/verifier/verify';

/** npm run verify -- FOLDER: 0 unaltered, 1 not, 2 no such folder. */
export async function verifyFolder(folder: string | undefined): Promise<number> {
  if (folder === undefined || !(await stat(folder).catch(() => null))?.isDirectory()) {
    console.error('Usage: npm run verify -- FOLDER, the folder of an evidence package.');
    console.error('An encrypted package: age -d package.tar.age | tar x, then its folder.');
    return 2;
  }
  const verdict = await verifyPackage(folderReader(folder), nodeCrypto);
  console.log(manifestText(verdict));
  if (verdict.fingerprint !== null)
    console.log(`Key ${fingerprintText(verdict.fingerprint)} (compare with Settings, About)`);
  for (const file of verdict.files) console.log(`${file.path}: ${verdictText(file)}`);
  console.log(verdict.ok ? 'The package is unaltered.' : 'The package is NOT as it was made.');
  return verdict.ok ? 0 : 1;
}
