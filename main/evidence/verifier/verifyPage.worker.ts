import { sha256 } from '@noble/hashes/sha2.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Crypto, PackageReader, Verdict } from './verify';
import { fingerprintText, manifestText, verdictText, verifyPackage } from './verify';

/**
 * The script of verify.html (a bundle of its own like the workers, but it runs in a page): it needs nothing but
 * the files that are dropped into it, and no network.
 */
const crypto: Crypto = {
  // The browser's own is many times faster; where a page from a disk has none, ours does.
  digest: async (bytes) =>
    globalThis.crypto.subtle === undefined
      ? sha256(bytes)
      : new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(bytes))),
  verifyEd25519: (publicKey, signature, message) =>
    Promise.resolve(ed25519.verify(signature, message, publicKey)),
};

/** Files chosen as a folder: their paths begin with its name. */
function filesReader(files: readonly File[]): PackageReader {
  const named = new Map(
    files.map((file) => [file.webkitRelativePath.split('/').slice(1).join('/') || file.name, file]),
  );
  const of = (path: string): File => {
    const file = named.get(path);
    if (file === undefined) throw new Error(`${path} is missing`);
    return file;
  };
  return {
    list: () => Promise.resolve([...named.keys()]),
    size: (path) => Promise.resolve(of(path).size),
    read: async (path, from, bytes) =>
      new Uint8Array(
        await of(path)
          .slice(from, from + bytes)
          .arrayBuffer(),
      ),
  };
}

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id}`);
  return found;
};

function line(parent: HTMLElement, tag: string, text: string, className = ''): void {
  const child = document.createElement(tag);
  child.textContent = text;
  child.className = className;
  parent.append(child);
}

function show(verdict: Verdict): void {
  const result = element('result');
  result.replaceChildren();
  const { content, fingerprint, files, ok } = verdict;
  line(result, 'h2', ok ? 'Unaltered' : 'Not as it was made', ok ? 'ok' : 'bad');
  line(result, 'p', manifestText(verdict), verdict.manifest === 'signed' ? '' : 'bad');
  if (fingerprint !== null) {
    line(result, 'p', 'Fingerprint of the key; compare it with Settings, About of the workstation:');
    line(result, 'p', fingerprintText(fingerprint), 'key');
  }
  for (const file of files)
    line(result, 'p', `${file.path}: ${verdictText(file)}`, file.state === 'unaltered' ? 'ok' : 'bad');
  if (content === null) return;
  line(
    result,
    'p',
    `Made ${content.created} by ${content.operator.name}, ${content.application}. Reason: ${content.reason}`,
  );
  for (const camera of content.cameras) {
    line(result, 'p', camera.name);
    for (const gap of camera.gaps)
      line(result, 'p', `not recorded: ${gap.start} to ${gap.end} (${gap.reason})`, 'gap');
  }
}

element('files').addEventListener('change', (event) => {
  const { files } = event.target as HTMLInputElement;
  const progress = element('progress');
  verifyPackage(filesReader([...(files ?? [])]), crypto, (path, share) => {
    progress.textContent = `${path}: ${String(Math.round(100 * share))} %`;
  }).then(
    (verdict) => {
      progress.textContent = '';
      show(verdict);
    },
    (error: unknown) => {
      progress.textContent = `The files cannot be read: ${String(error)}`;
    },
  );
});
