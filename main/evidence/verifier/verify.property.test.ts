// The verifier on packages that were changed in any way, and on manifests that hold anything.
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvidenceManifest } from './manifest';
import { MANIFEST, SIGNATURE } from './manifest';
import type { Crypto, PackageReader } from './verify';
import { verifyPackage } from './verify';

const BLOCK = 64;
const keys = generateKeyPairSync('ed25519');
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const crypto: Crypto = {
  digest: (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest()),
  verifyEd25519: (key, signature, message) =>
    Promise.resolve(
      verify(null, message, { key: Buffer.concat([PREFIX, key]), format: 'der', type: 'spki' }, signature),
    ),
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Files = Record<string, Uint8Array>;
const readerOf = (files: Files): PackageReader => ({
  list: () => Promise.resolve(Object.keys(files)),
  size: (path) => Promise.resolve(files[path]?.length ?? 0),
  read: (path, from, bytes) => Promise.resolve((files[path] ?? new Uint8Array(0)).slice(from, from + bytes)),
});

function signed(manifest: unknown): Files {
  const bytes = Buffer.from(JSON.stringify(manifest) ?? 'null');
  const signature = {
    algorithm: 'Ed25519',
    public_key: publicKey.toString('hex'),
    signature: sign(null, bytes, keys.privateKey).toString('hex'),
  };
  return { [MANIFEST]: bytes, [SIGNATURE]: Buffer.from(JSON.stringify(signature)) };
}

const video = Uint8Array.from({ length: 300 }, (_, n) => (n * 7) & 0xff);
const manifest: EvidenceManifest = {
  ...{ format: 'vas-evidence', version: 1, id: 'x', created: '2026-01-01T00:00:00.000Z', application: '1' },
  ...{ operator: { name: 'Alex', role: 'operator' }, reason: 'theft', rendition: 'original', cameras: [] },
  range: { start: '2026-01-01T00:00:00.000Z', end: '2026-01-01T00:01:00.000Z' },
  clock: { now: '2026-01-01T00:00:00.000Z', utc_offset_minutes: 0, synchronised: true },
  audit_log: { entry: 1, hash: '00' },
  key: { algorithm: 'Ed25519', public_key: publicKey.toString('hex'), protection: 'strong' },
  block_bytes: BLOCK,
  files: [
    {
      ...{
        path: 'cameras/gate.mp4',
        camera_id: 'c',
        camera: 'Gate',
        bytes: video.length,
        sha256: sha256(video),
      },
      blocks: Array.from({ length: Math.ceil(video.length / BLOCK) }, (_, n) =>
        sha256(video.slice(n * BLOCK, (n + 1) * BLOCK)),
      ),
      ...{ start: '2026-01-01T00:00:00.000Z', end: '2026-01-01T00:01:00.000Z', video_codec: 'h264' },
    },
  ],
};
const whole = (): Files => ({ ...signed(manifest), 'cameras/gate.mp4': video });

describe('a package that was changed', () => {
  it('is found whole before', async () => {
    expect(await verifyPackage(readerOf(whole()), crypto)).toMatchObject({ ok: true, manifest: 'signed' });
  });

  it('is never called unaltered: any byte of any file, longer, shorter, gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(MANIFEST, SIGNATURE, 'cameras/gate.mp4'),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'cut', 'add', 'remove', 'extra'),
        async (path, at, by, how) => {
          const files = new Map(Object.entries(whole()));
          const bytes = Buffer.from(files.get(path) ?? []);
          const place = at % bytes.length;
          if (how === 'remove') files.delete(path);
          else if (how === 'extra') files.set(`cameras/more-${String(at)}.mp4`, video);
          else if (how === 'cut') files.set(path, bytes.subarray(0, place));
          else if (how === 'add') files.set(path, Buffer.concat([bytes, Buffer.from([by])]));
          else bytes[place] = (bytes[place] ?? 0) ^ by;
          if (how === 'flip') files.set(path, bytes);
          const { ok } = await verifyPackage(readerOf(Object.fromEntries(files)), crypto);
          // Space behind the signature's JSON, and letters of its other fields, change nothing that is signed.
          const stillSame =
            path === SIGNATURE && ['flip', 'add'].includes(how) && sameSignature(files.get(path));
          expect(ok && !stillSame, `${how} ${path} at ${String(place)}`).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('any signed manifest gets a verdict, never an exception, and never passes without its files', async () => {
    const some = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(null, -1, 1e300, '../../etc/passwd', [], {}),
    );
    const path = fc.constantFrom(
      'files',
      'block_bytes',
      'cameras',
      'format',
      'version',
      'key',
      'range',
      'files.0',
      'files.0.path',
      'files.0.blocks',
      'files.0.bytes',
      'files.0.sha256',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          some.map((value) => ({ value, path: null })),
          fc.record({ value: some, path }),
        ),
        async ({ value, path: at }) => {
          const content = at === null ? value : replaced(manifest, at.split('.'), value);
          const verdict = await verifyPackage(readerOf(signed(content)), crypto);
          expect(['signed', 'edited', 'missing', 'unreadable']).toContain(verdict.manifest);
          const names = (content as { files?: unknown } | null)?.files;
          if (Array.isArray(names) && names.length > 0) expect(verdict.ok).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Whether key and signature of what lies beside the manifest are those of the untouched package. */
function sameSignature(bytes: Uint8Array | undefined): boolean {
  try {
    const now = JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, unknown>;
    const before = JSON.parse(Buffer.from(whole()[SIGNATURE] ?? []).toString()) as Record<string, unknown>;
    return now['public_key'] === before['public_key'] && now['signature'] === before['signature'];
  } catch {
    return false;
  }
}

function replaced(value: unknown, [key = '', ...rest]: readonly string[], by: unknown): unknown {
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const fields = copy as Record<string, unknown>;
  fields[key] = rest.length === 0 ? by : replaced(fields[key], rest, by);
  return copy;
}
