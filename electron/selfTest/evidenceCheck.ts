import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { folderReader, nodeCrypto } from '../../main/evidence/verifier/node';
import { verifyPackage } from '../../main/evidence/verifier/verify';
import type { Api } from '../../main/api/api';
import type { Caller } from '../ipc/caller';
import { filesBelow } from './files';
import { listen } from './listen';
import type { Check } from './report';
import type { TestCamera } from './testCamera';

/** Encrypting derives a key that is meant to be dear; a slow computer takes a while, milliseconds. */
const LISTEN_MS = 120_000;
/** The first line of an encrypted package (age). */
const SEALED = 'age-encryption.org/v1\n';

/** Makes a package of the footage, has it verified, finds a changed byte in it, and makes an encrypted one. */
export const evidenceCheck = (camera: TestCamera, api: Promise<Api>, caller: Caller): Check => ({
  name: 'an evidence package is made and verified',
  limitMs: 2 * LISTEN_MS + 15_000,
  async run() {
    const { footage, id } = camera;
    const { chosen } = await caller.command('evidence.choose-folder', {});
    const order = { camera_ids: [id], ...footage, token: chosen?.token ?? '', reason: 'Self-test' };

    const folder = await completed(api, (await caller.command('evidence.export', order)).id);
    const whole = await verifyPackage(folderReader(folder), nodeCrypto);
    if (!whole.ok) throw new Error(`the verifier refuses the package: ${whole.manifest}`);
    const video = (await filesBelow(folder)).find((file) => file.endsWith('.mp4'));
    if (video === undefined) throw new Error('there is no video in the package');
    await flipByte(video);
    if ((await verifyPackage(folderReader(folder), nodeCrypto)).ok)
      throw new Error('the verifier does not see that a byte was changed');
    const page = await readFile(path.join(folder, 'verify.html'), 'utf8');
    if (!page.includes('verifyEd25519')) throw new Error('verify.html has no verifier');

    const sealed = { ...order, passphrase: 'a passphrase of the self-test' };
    const archive = await completed(api, (await caller.command('evidence.export', sealed)).id);
    const head = (await readFile(archive)).subarray(0, SEALED.length).toString('latin1');
    if (head !== SEALED) throw new Error('the encrypted package is none');
    return { files: whole.files.length, page_bytes: page.length, encrypted: path.basename(archive) };
  },
});

/** Waits for a package. @returns where it is @throws Error with why it failed */
async function completed(api: Promise<Api>, id: string): Promise<string> {
  const values = await listen(
    await api,
    'evidence.exports',
    {},
    (told) => told.at(-1)?.exports.find((one) => one.id === id)?.state !== 'running',
    LISTEN_MS,
  );
  const made = values.at(-1)?.exports.find((one) => one.id === id);
  if (made?.state !== 'done') throw new Error(made?.message ?? `the package is ${made?.state ?? 'unknown'}`);
  return made.path;
}

/** Changes one bit in the middle of a file. */
async function flipByte(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, size >> 1);
    byte[0] = (byte[0] ?? 0) ^ 1;
    await handle.write(byte, 0, 1, size >> 1);
  } finally {
    await handle.close();
  }
}
