import { readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Caller } from '../base/caller';
import type { Clock } from '../base/clock';
import { VasError } from '../base/errors';
import { clipOf } from '../kernel/media/clips';
import type { FootageSource } from '../kernel/media/footage';
import type { MediaJobs } from '../kernel/media/jobs';
import type { MediaWorker } from '../kernel/media/mediaWorker';
import type { Store } from '../store/types';
import { burnIn, plainName } from './burnIn';
import type { CameraPlan, Span } from './plan';
import { SigningKey } from './signingKey';
import type { FileHashes } from './task';
import { runTask } from './task';
import type { EvidenceFile, EvidenceManifest, EvidenceSignature } from './verifier/manifest';
import { MANIFEST, SIGNATURE } from './verifier/manifest';
import { verifierPage } from './verifier/page';

/** Blocks of which each has a hash of its own, so that a difference is found to the megabyte. */
export const BLOCK_BYTES = 1024 * 1024;

export interface PackageServices {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
  readonly store: Store;
  readonly key: SigningKey;
  readonly clock: Clock;
  /** Name and version. */
  readonly application: string;
  /** Bundled evidence.worker and verifyPage.worker. */
  readonly workersDir: string;
}

export interface PackageOrder {
  readonly id: string;
  readonly range: Span;
  readonly cameras: readonly { readonly id: string; readonly name: string; readonly plan: CameraPlan }[];
  readonly rendition: 'original' | 'burnt-in';
  readonly reason: string;
  readonly operator: Caller & { readonly role: string };
  readonly passphrase: string | undefined;
  readonly folder: string;
}

export interface Progress {
  step(step: 'cutting' | 'signing' | 'encrypting'): void;
  /** A file is complete. */
  file(bytes: number): void;
}

const iso = (us: number): string => new Date(us / 1000).toISOString();
/** A name for files: 20261121T093000Z. */
const stamp = (us: number): string => iso(us).replace(/[-:]|\.\d+/g, '');

/** Writes a package; what is complete stays, so that it goes on where it was when it is run again. */
export class PackageWriter {
  readonly #services: PackageServices;
  readonly order: PackageOrder;
  /** By camera and slice; empty: there was no picture in it after all. */
  readonly #done = new Map<string, readonly EvidenceFile[]>();

  constructor(services: PackageServices, order: PackageOrder) {
    this.#services = services;
    this.order = order;
  }

  /** @returns where the package is. @throws VasError unavailable when cancelled or the disk refuses */
  async run(progress: Progress, signal: AbortSignal): Promise<string> {
    const { worker, footage } = this.#services;
    const { cameras, folder, passphrase } = this.order;
    await worker.run('makeFolder', folder);
    progress.step('cutting');
    for (const [index, { id, name, plan }] of cameras.entries()) {
      const hold = footage.hold(plan.pieces);
      try {
        const below = `${String(index + 1).padStart(2, '0')}-${plainName(name).replaceAll(' ', '-') || 'camera'}`;
        await worker.run('makeFolder', path.join(folder, below));
        for (const slice of plan.slices) {
          const key = `${id} ${String(slice.fromUs)}`;
          if (this.#done.has(key)) continue;
          const files = await this.#cut({ id, name, below, plan, slice }, signal);
          this.#done.set(key, files);
          progress.file(files.reduce((sum, { bytes }) => sum + bytes, 0));
        }
      } finally {
        hold.dispose();
      }
    }
    if ([...this.#done.values()].flat().length === 0)
      throw new VasError('not_found', 'Nothing was recorded at that time. The time line shows what was.');
    progress.step('signing');
    await this.#sign();
    if (passphrase === undefined) return folder;
    progress.step('encrypting');
    return this.#seal(passphrase, signal);
  }

  async #cut(
    part: {
      readonly id: string;
      readonly name: string;
      readonly below: string;
      readonly plan: CameraPlan;
      readonly slice: Span;
    },
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    refuseCancelled(signal);
    const { worker } = this.#services;
    const { slice, below, plan } = part;
    const target = path.join(this.order.folder, below, `${stamp(slice.fromUs)}.mp4`);
    const temporary = `${target}.part`;
    await rm(temporary, { force: true });
    const order = { ...slice, cameraId: part.id, anchorUs: slice.toUs, target: temporary };
    const clip = await clipOf(this.#services, order).catch((error: unknown) => {
      if (error instanceof VasError && error.kind === 'not_found') return null;
      throw error;
    });
    if (clip === null) return [];
    if (clip.leftOut > 0) {
      // The camera changed its format in between: each of the pieces becomes a file of its own.
      await rm(temporary, { force: true });
      const single = plan.pieces
        .map(({ startUs, endUs }) => ({
          fromUs: Math.max(slice.fromUs, startUs),
          toUs: Math.min(slice.toUs, endUs),
        }))
        .filter(({ fromUs, toUs }) => toUs > fromUs);
      const isOne =
        single.length < 2 ||
        single.some(({ fromUs, toUs }) => fromUs === slice.fromUs && toUs === slice.toUs);
      if (isOne) throw new VasError('unavailable', 'The footage changes its format within a recording.');
      const files: EvidenceFile[] = [];
      for (const one of single) files.push(...(await this.#cut({ ...part, slice: one }, signal)));
      return files;
    }
    const finished = await this.#render(temporary, target, clip.startUs, part.name, signal);
    const hashes = (await runTask(
      path.join(this.#services.workersDir, 'evidence.worker.cjs'),
      { kind: 'hash', file: finished, blockBytes: BLOCK_BYTES },
      signal,
    )) as FileHashes;
    await worker.run('moveDurably', finished, target, null);
    return [
      {
        path: `${below}/${path.basename(target)}`,
        ...{ camera_id: part.id, camera: part.name },
        ...hashes,
        ...{ start: iso(clip.startUs), end: iso(clip.endUs) },
        video_codec: this.order.rendition === 'original' ? clip.videoCodec : 'h264',
      },
    ];
  }

  /** @returns the file to hash, which is not yet under its name */
  async #render(
    cut: string,
    target: string,
    startUs: number,
    camera: string,
    signal: AbortSignal,
  ): Promise<string> {
    if (this.order.rendition === 'original') return cut;
    const encoded = `${target}.encoded`;
    try {
      await burnIn(this.#services.jobs, { file: cut, startUs, camera }, encoded, signal);
    } finally {
      await rm(cut, { force: true });
    }
    return encoded;
  }

  async #sign(): Promise<void> {
    const { worker, key, store, clock, application, workersDir } = this.#services;
    const { folder, range, reason, rendition, id, operator } = this.order;
    const row = await key.row();
    const head = await store.read.auditHead();
    const now = clock.wallUs();
    const cameraIds = this.order.cameras.map((camera) => camera.id);
    const known = await store.read.findGaps(cameraIds, range.fromUs, range.toUs);
    const manifest: EvidenceManifest = {
      ...{ format: 'vas-evidence', version: 1, id, created: iso(now), application },
      operator: { name: operator.name, role: operator.role },
      ...{ reason, rendition, range: { start: iso(range.fromUs), end: iso(range.toUs) } },
      cameras: this.order.cameras.map((camera) => ({
        ...{ id: camera.id, name: camera.name },
        gaps: camera.plan.gaps.map((gap) => ({
          ...{ start: iso(gap.fromUs), end: iso(gap.toUs) },
          reason:
            known.find(
              (one) =>
                one.cameraId === camera.id && one.startUs < gap.toUs && (one.endUs ?? Infinity) > gap.fromUs,
            )?.reason ?? 'unknown',
        })),
      })),
      clock: {
        ...{ now: iso(now), utc_offset_minutes: -new Date(now / 1000).getTimezoneOffset() },
        synchronised: await isSynchronised(),
      },
      audit_log: { entry: head.seq, hash: head.hash },
      key: {
        algorithm: 'Ed25519',
        public_key: Buffer.from(row.publicKey).toString('hex'),
        protection: row.protection,
      },
      block_bytes: BLOCK_BYTES,
      files: [...this.#done.values()].flat(),
    };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`, 'utf8');
    const signature: EvidenceSignature = {
      algorithm: 'Ed25519',
      public_key: manifest.key.public_key,
      signature: Buffer.from(await key.sign(row, bytes)).toString('hex'),
    };
    const page = verifierPage(await readFile(path.join(workersDir, 'verifyPage.worker.cjs'), 'utf8'));
    const write = (name: string, content: string | Buffer) =>
      worker.run('writeDurably', path.join(folder, name), Uint8Array.from(Buffer.from(content)));
    await write(MANIFEST, bytes);
    await write(SIGNATURE, `${JSON.stringify(signature)}\n`);
    await write('verify.html', page);
    await write('README.txt', readme(SigningKey.fingerprint(row)));
  }

  async #seal(passphrase: string, signal: AbortSignal): Promise<string> {
    const { folder } = this.order;
    const target = `${folder}.tar.age`;
    const part = `${target}.part`;
    const script = path.join(this.#services.workersDir, 'evidence.worker.cjs');
    try {
      await runTask(script, { kind: 'seal', folder, target: part, passphrase }, signal);
      await rename(part, target);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await rm(folder, { recursive: true, force: true });
    return target;
  }
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new VasError('unavailable', 'It was cancelled.');
}

/** Whether the system says that its clock follows a time server; null: it does not say. */
async function isSynchronised(): Promise<boolean | null> {
  return stat('/run/systemd/timesync/synchronized').then(
    () => true,
    () => null,
  );
}

const readme = (fingerprint: string): string => `Evidence package of VAS Workstation.

manifest.json says what it holds, by whom and why it was made, and the SHA-256 of every file and of every
megabyte of it. manifest.sig is its Ed25519 signature.

To check it, open verify.html in a browser and choose this folder; no network is needed. Or, with the
application's source: npm run verify -- FOLDER

Compare the fingerprint of the key with the one in Settings, About of the workstation:
${fingerprint}
`;
