import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EvidenceExport } from '../../contract/evidence';
import type { Clock } from '../base/clock';
import { VasError } from '../base/errors';
import { clipOf } from '../kernel/media/clips';
import type { FootagePiece, FootageSource } from '../kernel/media/footage';
import type { MediaJobs } from '../kernel/media/jobs';
import type { MediaWorker } from '../kernel/media/mediaWorker';
import type { Store } from '../store/types';
import { burnIn, plainName } from './burnIn';
import type { Journal } from './journal';
import { iso, manifestOf } from './manifestOf';
import type { DoneSlice, PackageOrder } from './order';
import { sliceKey } from './order';
import type { Span } from './plan';
import { locateAll } from './plan';
import { SigningKey } from './signingKey';
import type { FileHashes } from './task';
import { runTask } from './task';
import { incompleteText, readmeText } from './texts';
import type { EvidenceFile, EvidenceSignature } from './verifier/manifest';
import { BLOCK_BYTES, INCOMPLETE, MANIFEST, SIGNATURE } from './verifier/manifest';
import { verifierPage } from './verifier/page';

export interface PackageServices {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
  readonly store: Store;
  readonly key: SigningKey;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Name and version. */
  readonly application: string;
  /** Bundled evidence.worker and verifyPage.worker. */
  readonly workersDir: string;
}

export interface Progress {
  step(step: EvidenceExport['step']): void;
  /** Files that are complete, and their bytes. */
  files(count: number, bytes: number): void;
  /** How far the step is, 0 to 1, where that can be told. */
  share(share: number): void;
}

/** The file that an encrypted package becomes. */
export const sealedFile = (folder: string): string => `${folder}.tar.age`;

/** A name for files: 20261121T093000Z. */
const stamp = (us: number): string => iso(us).replace(/[-:]|\.\d+/g, '');
/** Footage under such a name, complete or on its way. What somebody else has put beside it is left alone. */
const OWN_FILE = /^\d{8}T\d{6}Z\.mp4(?:\.part|\.encoded)?$/;

/** Below the package's folder. */
const cameraFolder = (index: number, name: string): string =>
  `${String(index + 1).padStart(2, '0')}-${plainName(name).replaceAll(' ', '-') || 'camera'}`;

/** Writes a package; what is complete stays, so that it goes on where it was when it is run again. */
export class PackageWriter {
  readonly #services: PackageServices;
  readonly order: PackageOrder;
  /** By camera and slice; empty: there was no picture in it after all. */
  readonly #done: Map<string, readonly EvidenceFile[]>;

  /** @param done complete before the application ended, or nothing */
  constructor(services: PackageServices, order: PackageOrder, done: readonly DoneSlice[] = []) {
    this.#services = services;
    this.order = order;
    this.#done = new Map(done.map(({ key, files }) => [key, files]));
  }

  /**
   * @param passphrase of an encrypted package
   * @returns where the package is
   * @throws VasError unavailable when cancelled or the disk refuses
   */
  async run(progress: Progress, passphrase: string | undefined, signal: AbortSignal): Promise<string> {
    const { worker, footage } = this.#services;
    const { cameras, folder, encrypted, range } = this.order;
    if (encrypted !== (passphrase !== undefined))
      throw new VasError('invalid', 'Enter the passphrase that the package is encrypted with.');
    await worker.run('makeFolder', folder);
    await this.#write(INCOMPLETE, incompleteText(encrypted));
    await this.#check(progress, signal);
    progress.step('cutting');
    const pieces: FootagePiece[] = [];
    let hold: { dispose(): void } | null = null;
    try {
      // All of it, from the first file to the last: neither retention nor the end of a lock takes what is still to come.
      for (const { id } of cameras) pieces.push(...(await locateAll(footage, id, range)));
      hold = footage.hold(pieces);
      for (const [index, { id, name, slices }] of cameras.entries()) {
        const below = cameraFolder(index, name);
        await worker.run('makeFolder', path.join(folder, below));
        for (const slice of slices) {
          const key = sliceKey(id, slice);
          if (this.#done.has(key)) continue;
          const files = await this.#cut({ id, name, below, slice }, signal);
          await this.#services.journal.done(this.order.id, { key, files });
          this.#done.set(key, files);
          this.#tell(progress);
        }
      }
    } finally {
      hold?.dispose();
    }
    if (this.#files().length === 0)
      throw new VasError('not_found', 'Nothing was recorded at that time. The time line shows what was.');
    progress.step('signing');
    await this.#removeStrays();
    await this.#sign();
    if (passphrase === undefined) {
      await worker.run('removeDurably', [path.join(folder, INCOMPLETE)], null);
      return folder;
    }
    progress.step('encrypting');
    return this.#seal(passphrase, progress, signal);
  }

  /** What is there already is made again where it is not what it was: its disk may have been in other hands. */
  async #check(progress: Progress, signal: AbortSignal): Promise<void> {
    this.#tell(progress);
    if (this.#done.size === 0) return;
    progress.step('checking');
    for (const [key, files] of [...this.#done]) {
      for (const { path: name, sha256 } of files) {
        refuseCancelled(signal);
        const found = await this.#hash(path.join(this.order.folder, name), signal).catch(() => null);
        refuseCancelled(signal);
        if (found?.sha256 !== sha256) this.#done.delete(key);
      }
    }
    this.#tell(progress);
  }

  #files(): EvidenceFile[] {
    return this.order.cameras.flatMap(({ id, slices }) =>
      slices.flatMap((slice) => this.#done.get(sliceKey(id, slice)) ?? []),
    );
  }

  #tell(progress: Progress): void {
    progress.files(
      this.#done.size,
      this.#files().reduce((sum, { bytes }) => sum + bytes, 0),
    );
  }

  async #cut(
    part: {
      readonly id: string;
      readonly name: string;
      readonly below: string;
      readonly slice: Span;
    },
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    refuseCancelled(signal);
    const { worker, footage } = this.#services;
    const { slice, below } = part;
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
      const pieces = await footage.locate(part.id, slice.fromUs, slice.toUs);
      const single = pieces
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
    const hashes = await this.#hash(finished, signal);
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

  async #hash(file: string, signal: AbortSignal): Promise<FileHashes> {
    const script = path.join(this.#services.workersDir, 'evidence.worker.cjs');
    return (await runTask(script, { kind: 'hash', file, blockBytes: BLOCK_BYTES }, signal)) as FileHashes;
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

  /**
   * Removes what an earlier attempt has left of a slice of which there is no footage any more, or which became
   * other files: a package with a file that its manifest does not name is not sound.
   */
  async #removeStrays(): Promise<void> {
    const { worker } = this.#services;
    const { cameras, folder } = this.order;
    const named = new Set(this.#files().map(({ path: name }) => name));
    const strays: string[] = [];
    for (const [index, { name }] of cameras.entries()) {
      const below = cameraFolder(index, name);
      for (const { path: file } of await worker.run('listTree', path.join(folder, below)))
        if (OWN_FILE.test(file) && !named.has(`${below}/${file}`))
          strays.push(path.join(folder, below, file));
    }
    await worker.run('removeDurably', strays, null);
  }

  async #sign(): Promise<void> {
    const { key, workersDir } = this.#services;
    const row = await key.row();
    const manifest = await manifestOf({
      ...this.#services,
      order: this.order,
      files: this.#files(),
      key: row,
    });
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`, 'utf8');
    const signature: EvidenceSignature = {
      algorithm: 'Ed25519',
      public_key: manifest.key.public_key,
      signature: Buffer.from(await key.sign(row, bytes)).toString('hex'),
    };
    const page = verifierPage(await readFile(path.join(workersDir, 'verifyPage.worker.cjs'), 'utf8'));
    await this.#write(MANIFEST, bytes);
    await this.#write(SIGNATURE, `${JSON.stringify(signature)}\n`);
    await this.#write('verify.html', page);
    await this.#write('README.txt', readmeText(SigningKey.fingerprint(row)));
  }

  async #write(name: string, content: string | Buffer): Promise<void> {
    const file = path.join(this.order.folder, name);
    await this.#services.worker.run('writeDurably', file, Uint8Array.from(Buffer.from(content)));
  }

  async #seal(passphrase: string, progress: Progress, signal: AbortSignal): Promise<string> {
    const { worker, workersDir } = this.#services;
    const { folder } = this.order;
    const target = sealedFile(folder);
    const part = `${target}.part`;
    const script = path.join(workersDir, 'evidence.worker.cjs');
    const total = Math.max(
      1,
      this.#files().reduce((sum, { bytes }) => sum + bytes, 0),
    );
    try {
      const task = { kind: 'seal', folder, target: part, passphrase, leaveOut: [INCOMPLETE] } as const;
      await runTask(script, task, signal, (bytes) => progress.share(Math.min(1, bytes / total)));
      await worker.run('moveDurably', part, target, null);
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
