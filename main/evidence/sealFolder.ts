import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Encrypter } from 'age-encryption';
import type { SealTask } from './task';
import { tarEnd, tarHeader, tarPadding } from './tar';

const CHUNK = 1024 * 1024;

/** Writes all files of a folder as one tar archive, encrypted with a passphrase (age, scrypt). */
export async function sealFolder(task: SealTask, onProgress: (bytes: number) => void): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(task.passphrase.normalize('NFKC'));
  const sealed = await encrypter.encrypt(streamOf(archive(task.folder, task.leaveOut)));
  const target = await open(task.target, 'w', 0o600);
  try {
    let written = 0;
    const reader = sealed.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await target.appendFile(value);
      written += value.length;
      onProgress(written);
    }
    await target.sync();
  } finally {
    await target.close();
  }
}

async function* archive(folder: string, leaveOut: readonly string[]): AsyncGenerator<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !leaveOut.includes(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const { size, mtimeMs } = await stat(file);
    const name = path.join(path.basename(folder), path.relative(folder, file)).split(path.sep).join('/');
    yield tarHeader(name, size, Math.floor(mtimeMs / 1000));
    yield* contentOf(file);
    yield tarPadding(size);
  }
  yield tarEnd();
}

async function* contentOf(file: string): AsyncGenerator<Uint8Array> {
  const source = await open(file, 'r');
  try {
    for (;;) {
      const { buffer, bytesRead } = await source.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await source.close();
  }
}

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await parts.next();
        if (done === true) return controller.close();
        if (value.length > 0) return controller.enqueue(value);
      }
    },
  });
}
