import type { EvidenceFile, EvidenceManifest, EvidenceSignature } from './manifest';
import { INCOMPLETE, MANIFEST, SIGNATURE, TOOLS } from './manifest';
import { isManifest } from './shape';

/** A package as the verifier sees it: on a disk, or dropped into a page. */
export interface PackageReader {
  /** Relative paths with forward slashes. */
  list(): Promise<readonly string[]>;
  size(path: string): Promise<number>;
  /** Fewer bytes at the end of the file. */
  read(path: string, from: number, bytes: number): Promise<Uint8Array>;
  /** Where the bytes themselves are not at hand: how many there are of those wanted, and the hash of the block. */
  blockHash?(path: string, from: number, bytes: number): Promise<{ bytes: number; sha256: string }>;
}

export interface Crypto {
  /** SHA-256. */
  digest(bytes: Uint8Array): Promise<Uint8Array>;
  verifyEd25519(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
}

export type FileVerdict =
  | { readonly path: string; readonly state: 'unaltered' }
  | { readonly path: string; readonly state: 'missing' | 'additional' }
  /** `from` to `to`: the first block that differs, bytes; `size` what the file has and what it should have. */
  | {
      readonly path: string;
      readonly state: 'altered';
      readonly from: number;
      readonly to: number;
      readonly size: number;
      readonly expected: number;
    };

export interface Verdict {
  /** Everything is as it was when the package was made, by the key of `fingerprint`. */
  readonly ok: boolean;
  readonly manifest: 'signed' | 'edited' | 'missing' | 'unreadable' | 'unfinished';
  /** SHA-256 of the public key, to compare with Settings > About of the workstation; null without one. */
  readonly fingerprint: string | null;
  readonly content: EvidenceManifest | null;
  readonly files: readonly FileVerdict[];
}

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('');

function bytesOf(hex: unknown, length: number): Uint8Array | null {
  if (typeof hex !== 'string' || !new RegExp(`^[0-9a-f]{${String(2 * length)}}$`).test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Groups of four, as people compare them. */
export const fingerprintText = (hex: string): string => (hex.match(/.{4}/g) ?? []).join(' ');

async function fingerprintOf(publicKey: Uint8Array, crypto: Pick<Crypto, 'digest'>): Promise<string> {
  return hexOf(await crypto.digest(publicKey));
}

/** Says of each file of a package whether it is unaltered, and where the first difference is. */
export async function verifyPackage(
  reader: PackageReader,
  crypto: Crypto,
  onProgress: (path: string, share: number) => void = () => undefined,
): Promise<Verdict> {
  const present = new Set(await reader.list());
  const none = { ok: false, fingerprint: null, content: null, files: [] } as const;
  if (present.has(INCOMPLETE)) return { ...none, manifest: 'unfinished' };
  if (!present.has(MANIFEST) || !present.has(SIGNATURE)) return { ...none, manifest: 'missing' };
  const whole = async (path: string) => reader.read(path, 0, await reader.size(path));
  const bytes = await whole(MANIFEST);
  const signature = parse<EvidenceSignature>(await whole(SIGNATURE));
  const publicKey = bytesOf(signature?.public_key, 32);
  const signed = bytesOf(signature?.signature, 64);
  const content = parse<unknown>(bytes);
  if (publicKey === null || signed === null || !isManifest(content))
    return { ...none, manifest: 'unreadable' };
  const isSigned = await crypto.verifyEd25519(publicKey, signed, bytes).catch(() => false);
  const files: FileVerdict[] = [];
  for (const file of content.files) {
    files.push(await verdictOf(file, content.block_bytes, present, reader, crypto, onProgress));
    present.delete(file.path);
  }
  for (const tool of TOOLS) present.delete(tool);
  for (const path of [...present].sort()) files.push({ path, state: 'additional' });
  return {
    ok: isSigned && files.every(({ state }) => state === 'unaltered'),
    manifest: isSigned ? 'signed' : 'edited',
    fingerprint: await fingerprintOf(publicKey, crypto),
    content,
    files,
  };
}

async function verdictOf(
  file: EvidenceFile,
  blockBytes: number,
  present: ReadonlySet<string>,
  reader: PackageReader,
  crypto: Crypto,
  onProgress: (path: string, share: number) => void,
): Promise<FileVerdict> {
  const { path, bytes: expected } = file;
  if (!present.has(path)) return { path, state: 'missing' };
  const size = await reader.size(path);
  const differs = (from: number, to: number): FileVerdict => ({
    ...{ path, state: 'altered', from, to, size, expected },
  });
  for (const [index, hash] of file.blocks.entries()) {
    const from = index * blockBytes;
    const wanted = Math.min(blockBytes, expected - from);
    const block = await blockHash(reader, crypto, path, from, wanted);
    if (block.bytes < wanted) return differs(size, expected);
    if (block.sha256 !== hash) return differs(from, from + wanted);
    onProgress(path, (index + 1) / file.blocks.length);
  }
  return size === expected ? { path, state: 'unaltered' } : differs(expected, size);
}

async function blockHash(
  reader: PackageReader,
  crypto: Crypto,
  path: string,
  from: number,
  wanted: number,
): Promise<{ bytes: number; sha256: string }> {
  if (reader.blockHash !== undefined) return reader.blockHash(path, from, wanted);
  const block = await reader.read(path, from, wanted);
  return { bytes: block.length, sha256: hexOf(await crypto.digest(block)) };
}

function parse<T>(bytes: Uint8Array): T | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}

const count = (value: number): string => value.toLocaleString('en-US');

/** One line for people. */
export function verdictText(verdict: FileVerdict): string {
  switch (verdict.state) {
    case 'unaltered':
      return 'unaltered';
    case 'missing':
      return 'missing: the manifest names it, the folder does not have it';
    case 'additional':
      return 'not part of the package: the manifest does not name it';
    case 'altered': {
      const { from, to, size, expected } = verdict;
      const where =
        size < expected && from === size
          ? `it ends after ${count(size)} of ${count(expected)} bytes`
          : from === expected
            ? `${count(size - expected)} bytes were added behind byte ${count(expected)}`
            : `the first difference is between byte ${count(from)} and byte ${count(to)}`;
      return `altered: ${where}`;
    }
  }
}

/** What is said of the manifest. */
export function manifestText({ manifest }: Pick<Verdict, 'manifest'>): string {
  return {
    signed: 'The manifest is signed and unaltered.',
    edited: 'The manifest was edited after it was signed: nothing that it says can be trusted.',
    missing: 'The manifest or its signature is missing: this is no whole package.',
    unfinished: 'The workstation has not finished this package: it is no evidence.',
    unreadable: 'The manifest or its signature cannot be read.',
  }[manifest];
}
