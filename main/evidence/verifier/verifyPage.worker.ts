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

function add(parent: HTMLElement, tag: string, text: string, className = ''): HTMLElement {
  const child = document.createElement(tag);
  child.textContent = text;
  child.className = className;
  parent.append(child);
  return child;
}

/** A titled part of the answer. */
function part(parent: HTMLElement, title: string): HTMLElement {
  const section = add(parent, 'section', '', 'part');
  add(section, 'h3', title);
  return section;
}

/** Rows of two: what, and what is said of it. */
function table(parent: HTMLElement, rows: readonly (readonly [string, string, string?])[]): void {
  const body = add(add(parent, 'table', ''), 'tbody', '');
  for (const [name, value, className] of rows) {
    const row = add(body, 'tr', '');
    add(row, className === undefined ? 'th' : 'td', name);
    add(row, 'td', value, className);
  }
}

/** Why something was not recorded, in words; what is not known here stands as it is. */
const REASONS: Readonly<Record<string, string>> = {
  'camera-offline': 'the camera could not be reached',
  stalled: 'the camera sent no pictures',
  disk: 'recordings could not be written to the disk',
  off: 'recording was switched off',
  schedule: 'the schedule of the camera does not record then',
  'application-stopped': 'the workstation was not running',
  'computer-slept': 'the computer slept',
  'clock-step': 'the clock of the computer was set',
  lost: 'it was recorded, but its file is missing or damaged',
  unknown: 'the reason is not known',
};

/** Whole seconds of a time in ISO form. */
const timeText = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

function show(verdict: Verdict): void {
  const result = element('result');
  result.replaceChildren();
  const { content, fingerprint, files, ok } = verdict;
  const banner = add(result, 'div', '', ok ? 'verdict ok' : 'verdict bad');
  add(banner, 'h2', ok ? 'Unaltered' : 'Not as it was made');
  const good = files.filter(({ state }) => state === 'unaltered').length;
  const wrong = files.length - good;
  add(
    banner,
    'p',
    `${manifestText(verdict)} ${wrong === 0 ? '' : wrong === 1 ? 'One file is not as it was.' : `${String(wrong)} files are not as they were.`}`.trim(),
  );
  if (files.length > 0) {
    const section = part(result, `Files: ${String(good)} of ${String(files.length)} unaltered`);
    // What is wrong comes first: a package may have hundreds of files.
    const sorted = [...files].sort(
      (a, b) => Number(a.state === 'unaltered') - Number(b.state === 'unaltered'),
    );
    table(
      section,
      sorted.map((file) => [file.path, verdictText(file), file.state === 'unaltered' ? 'ok' : 'bad']),
    );
  }
  if (fingerprint !== null) {
    const section = part(result, 'Fingerprint of the key that signed it');
    add(section, 'p', fingerprintText(fingerprint), 'key');
    add(section, 'p', 'Compare it with Settings, About of the workstation.', 'muted');
  }
  if (content === null) return;
  table(part(result, verdict.manifest === 'signed' ? 'The package' : 'The package, by its edited manifest'), [
    ['Made', timeText(content.created)],
    ['By', `${content.operator.name} (${content.operator.role})`],
    ['With', content.application],
    ['Reason', content.reason],
    ['Period', `${timeText(content.range.start)} to ${timeText(content.range.end)}`],
    [
      'Footage',
      content.rendition === 'original'
        ? 'as the camera sent it'
        : 'encoded anew, with camera and time in the picture',
    ],
  ]);
  const section = part(result, 'Cameras');
  table(
    section,
    content.cameras.flatMap(({ name, gaps }) => [
      [name, gaps.length === 0 ? 'recorded without a gap' : `gaps: ${String(gaps.length)}`] as const,
      ...gaps.map(
        (gap) =>
          [
            '',
            `not recorded: ${timeText(gap.start)} to ${timeText(gap.end)}: ${REASONS[gap.reason] ?? gap.reason}`,
          ] as const,
      ),
    ]),
  );
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
