import { stat } from 'node:fs/promises';
import type { Clock } from '../base/clock';
import type { EvidenceKeyRow, Store } from '../store/types';
import type { PackageOrder } from './order';
import type { Span } from './plan';
import { gapsOf } from './plan';
import type { EvidenceFile, EvidenceManifest } from './verifier/manifest';
import { BLOCK_BYTES } from './verifier/manifest';

export const iso = (us: number): string => new Date(us / 1000).toISOString();
const usOf = (text: string): number => Date.parse(text) * 1000;

export interface ManifestFacts {
  readonly order: PackageOrder;
  readonly files: readonly EvidenceFile[];
  readonly key: EvidenceKeyRow;
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  /** Name and version. */
  readonly application: string;
}

/** What a package says of itself. Gaps are told from what is in it, not from what was planned. */
export async function manifestOf(facts: ManifestFacts): Promise<EvidenceManifest> {
  const { order, files, key, store, clock, application } = facts;
  const { id, range, reason, rendition, operator, cameras } = order;
  const head = await store.read.auditHead();
  const now = clock.wallUs();
  const known = await store.read.findGaps(
    cameras.map((camera) => camera.id),
    range.fromUs,
    range.toUs,
  );
  const reasonOf = (cameraId: string, gap: Span): string =>
    known.find(
      (one) => one.cameraId === cameraId && one.startUs < gap.toUs && (one.endUs ?? Infinity) > gap.fromUs,
    )?.reason ?? 'unknown';
  return {
    ...{ format: 'vas-evidence', version: 1, id, created: iso(now), application },
    operator: { name: operator.name, role: operator.role },
    ...{ reason, rendition, range: { start: iso(range.fromUs), end: iso(range.toUs) } },
    cameras: cameras.map((camera) => {
      const runs = files
        .filter((file) => file.camera_id === camera.id)
        .map(({ start, end }) => ({ fromUs: usOf(start), toUs: usOf(end) }))
        .sort((one, other) => one.fromUs - other.fromUs);
      return {
        ...{ id: camera.id, name: camera.name },
        gaps: gapsOf(runs, range).map((gap) => ({
          ...{ start: iso(gap.fromUs), end: iso(gap.toUs), reason: reasonOf(camera.id, gap) },
        })),
      };
    }),
    clock: {
      ...{ now: iso(now), utc_offset_minutes: -new Date(now / 1000).getTimezoneOffset() },
      synchronised: await isSynchronised(),
    },
    audit_log: { entry: head.seq, hash: head.hash },
    key: {
      algorithm: 'Ed25519',
      public_key: Buffer.from(key.publicKey).toString('hex'),
      protection: key.protection,
    },
    block_bytes: BLOCK_BYTES,
    files,
  };
}

/** Whether the system says that its clock follows a time server; null: it does not say. */
async function isSynchronised(): Promise<boolean | null> {
  return stat('/run/systemd/timesync/synchronized').then(
    () => true,
    () => null,
  );
}
