import type { EvidenceFile, EvidenceManifest } from './manifest';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const areTexts = (value: unknown, ...keys: readonly string[]): boolean =>
  isFields(value) && keys.every((key) => typeof value[key] === 'string');
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Whether a manifest is one: everything that the verifier and its page read is there, and each file has a hash for
 * every block of it. Without a library, because the verifier stands alone.
 */
export function isManifest(value: unknown): value is EvidenceManifest {
  if (!isFields(value)) return false;
  const { block_bytes: blockBytes, files, cameras, operator, range } = value;
  if (!isSize(blockBytes) || blockBytes === 0 || !Array.isArray(files) || !Array.isArray(cameras))
    return false;
  return (
    areTexts(value, 'created', 'application', 'reason') &&
    areTexts(operator, 'name') &&
    areTexts(range, 'start', 'end') &&
    cameras.every(isCamera) &&
    files.every((file) => isFile(file, blockBytes))
  );
}

function isCamera(value: unknown): boolean {
  if (!isFields(value) || !areTexts(value, 'id', 'name')) return false;
  const { gaps } = value;
  return Array.isArray(gaps) && gaps.every((gap) => areTexts(gap, 'start', 'end', 'reason'));
}

function isFile(value: unknown, blockBytes: number): value is EvidenceFile {
  if (!isFields(value) || !areTexts(value, 'path', 'camera', 'start', 'end')) return false;
  const { bytes, sha256, blocks } = value;
  if (!isSize(bytes) || !isHash(sha256) || !Array.isArray(blocks)) return false;
  return blocks.length === Math.ceil(bytes / blockBytes) && blocks.every(isHash);
}
