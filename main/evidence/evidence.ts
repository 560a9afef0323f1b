import { randomUUID } from 'node:crypto';
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { RequestOf, ResponseOf } from '../../contract';
import type { EvidenceExport } from '../../contract/evidence';
import { MOST_EVIDENCE_DAYS } from '../../contract/evidence';
import type { Audit } from '../audit/audit';
import type { Disposable } from '../base/disposable';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { NativeDialogs } from '../settings/dialogs';
import { Tokens } from '../settings/tokens';
import type { Session } from '../users/session';
import type { PackageServices } from './packageWriter';
import { PackageWriter } from './packageWriter';
import type { CameraPlan, Span } from './plan';
import { planCamera } from './plan';
import { SigningKey } from './signingKey';

const DAY_US = 86_400_000_000;
/** Packages of this start that are remembered. */
const REMEMBERED = 20;
/** What is kept free beyond the package, bytes. */
const RESERVE = 64 * 1024 * 1024;
/** An encoded rendition may be larger than what the camera sent. */
const ENCODED_FACTOR = 1.5;

export interface EvidenceOptions extends PackageServices {
  readonly dialogs: NativeDialogs;
  readonly session: Session;
  readonly audit: Audit;
  readonly log: Logger;
}

interface Job {
  readonly writer: PackageWriter;
  readonly by: { readonly id: string; readonly name: string };
  state: EvidenceExport;
  abort: AbortController;
}

interface Planned {
  readonly id: string;
  readonly name: string;
  readonly plan: CameraPlan;
  readonly bytes: number;
  readonly seconds: number;
}

const usOf = (iso: string): number => Date.parse(iso) * 1000;

/** Evidence packages: what one would hold, making them one after the other, and the key that signs them. */
export class Evidence implements Disposable {
  readonly #options: EvidenceOptions;
  readonly #folders = new Tokens<string>();
  readonly #jobs: Job[] = [];
  readonly #listeners = new Set<(value: ResponseOf<'evidence.exports'>) => void>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: EvidenceOptions) {
    this.#options = options;
  }

  subscribe(push: (value: ResponseOf<'evidence.exports'>) => void): () => void {
    this.#listeners.add(push);
    push(this.#value());
    return () => void this.#listeners.delete(push);
  }

  async estimate(request: RequestOf<'evidence.estimate'>): Promise<ResponseOf<'evidence.estimate'>> {
    const planned = await this.#plan(request.camera_ids, rangeOf(request));
    return {
      bytes: planned.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: planned.reduce((sum, { seconds }) => sum + seconds, 0),
      cameras: planned.map(({ id, name, plan, bytes, seconds }) => ({
        ...{ id, name, bytes, seconds, gaps: plan.gaps.length },
      })),
    };
  }

  async chooseFolder(owner: string): Promise<ResponseOf<'evidence.choose-folder'>> {
    const folder = await this.#options.dialogs.chooseFolder({
      ...{ title: 'Export evidence to', button: 'Use folder' },
    });
    if (folder === null) return { chosen: null };
    return {
      chosen: { token: this.#folders.keep(owner, folder), path: folder, free_bytes: await freeOf(folder) },
    };
  }

  /** @throws VasError conflict (another one is made, or the disk is too small), not_found (nothing recorded) */
  async start(request: RequestOf<'evidence.export'>, owner: string): Promise<{ id: string }> {
    this.#refuseSecond();
    const chosen = this.#folders.peek(owner, request.token);
    const { operator } = this.#options.session;
    if (operator === null) throw new VasError('forbidden', 'Nobody is signed in. Sign in first.');
    const range = rangeOf(request);
    const cameras = await this.#plan(request.camera_ids, range);
    const files = cameras.reduce((sum, { plan }) => sum + plan.slices.length, 0);
    if (files === 0)
      throw new VasError('not_found', 'Nothing was recorded at that time. The time line shows what was.');
    const footage = cameras.reduce((sum, { bytes }) => sum + bytes, 0);
    const isSealed = request.passphrase !== undefined;
    const size = footage * (request.rendition === 'original' ? 1 : ENCODED_FACTOR) * (isSealed ? 2 : 1);
    const free = await freeOf(chosen);
    if (free < size + RESERVE)
      throw new VasError(
        'conflict',
        `The package needs about ${megabytes(size)} MB, and ${chosen} has ${megabytes(free)} MB free. Choose another folder or a shorter range.`,
        { details: { code: 'too_small', needed_bytes: size, free_bytes: free } },
      );
    this.#refuseSecond();
    const id = randomUUID();
    const day = new Date(range.fromUs / 1000).toISOString().slice(0, 16).replace(/[-:]/g, '');
    const folder = path.join(chosen, `evidence-${day}Z-${id.slice(0, 8)}`);
    const { id: userId, name, role } = operator;
    const writer = new PackageWriter(this.#options, {
      ...{ id, range, cameras, folder, rendition: request.rendition, reason: request.reason },
      ...{ operator: { id: userId, name, role }, passphrase: request.passphrase },
    });
    const job: Job = {
      ...{ writer, by: { id: userId, name }, abort: new AbortController() },
      state: {
        ...{ id, path: folder, camera_ids: request.camera_ids, start: request.start, end: request.end },
        ...{ state: 'running', step: 'cutting', files: 0, files_total: files, bytes: 0 },
        ...{ bytes_total: footage, message: null, encrypted: isSealed },
      },
    };
    this.#jobs.unshift(job);
    this.#jobs.splice(REMEMBERED);
    this.#running = this.#run(job);
    return { id };
  }

  /** Harmless when it is over. */
  cancel(id: string): void {
    this.#jobs.find(({ state }) => state.id === id)?.abort.abort();
  }

  /** @throws VasError not_found, conflict */
  resume(id: string): void {
    const job = this.#jobs.find(({ state }) => state.id === id);
    if (job === undefined)
      throw new VasError('not_found', 'There is no such export any more. Begin a new one.');
    if (job.state.state === 'done') throw new VasError('conflict', 'The package is complete already.');
    this.#refuseSecond();
    job.abort = new AbortController();
    this.#change(job, { state: 'running', message: null });
    this.#running = this.#run(job);
  }

  async key(): Promise<ResponseOf<'evidence.key'>> {
    const row = await this.#options.key.row();
    return {
      public_key: Buffer.from(row.publicKey).toString('hex'),
      fingerprint: SigningKey.fingerprint(row),
      protection: row.protection,
      created_at: new Date(row.createdUs / 1000).toISOString(),
    };
  }

  closeOwner(owner: string): void {
    this.#folders.closeOwner(owner);
  }

  async dispose(): Promise<void> {
    for (const { abort } of this.#jobs) abort.abort();
    this.#listeners.clear();
    await this.#running;
  }

  #refuseSecond(): void {
    if (this.#jobs.some(({ state }) => state.state === 'running'))
      throw new VasError('conflict', 'Evidence is being exported. Wait until that is done, or cancel it.');
  }

  async #run(job: Job): Promise<void> {
    const { audit, log } = this.#options;
    try {
      const where = await job.writer.run(
        {
          step: (step) => this.#change(job, { step }),
          file: (bytes) => this.#change(job, { files: job.state.files + 1, bytes: job.state.bytes + bytes }),
        },
        job.abort.signal,
      );
      this.#change(job, { state: 'done', path: where });
    } catch (error) {
      const isCancelled = job.abort.signal.aborted;
      const message =
        error instanceof VasError ? error.message : `The package cannot be written: ${messageOf(error)}`;
      if (!isCancelled) log.warn({ reason: messageOf(error) }, 'an evidence package could not be made');
      this.#change(job, {
        state: isCancelled ? 'cancelled' : 'failed',
        message: isCancelled ? null : message,
      });
    }
    const { state, path: where, files, bytes, encrypted, message } = job.state;
    const { range, reason, rendition, cameras } = job.writer.order;
    await audit.record({
      action: 'evidence.export',
      object: { kind: 'evidence', id: job.state.id },
      cameras: cameras.map(({ id }) => id),
      detail: {
        ...{ state, file: where, why: reason, rendition, files, bytes, encrypted },
        ...(message === null ? {} : { reason: message }),
        start: new Date(range.fromUs / 1000).toISOString(),
        end: new Date(range.toUs / 1000).toISOString(),
      },
      outcome: state === 'done' ? 'done' : 'failed',
      by: job.by,
    });
  }

  async #plan(cameraIds: readonly string[], range: Span): Promise<Planned[]> {
    const { footage, store } = this.#options;
    const planned: Planned[] = [];
    for (const id of new Set(cameraIds)) {
      const device = await store.read.getDevice(id);
      if (device === null)
        throw new VasError('not_found', 'There is no such camera. It may have been deleted.');
      const plan = await planCamera(footage, id, range);
      const seconds = plan.slices.reduce((sum, { fromUs, toUs }) => sum + (toUs - fromUs) / 1e6, 0);
      planned.push({ id, name: device.name, plan, seconds, bytes: await bytesOf(plan, range) });
    }
    return planned;
  }

  #change(job: Job, change: Partial<EvidenceExport>): void {
    job.state = { ...job.state, ...change };
    for (const push of [...this.#listeners]) push(this.#value());
  }

  #value(): ResponseOf<'evidence.exports'> {
    return { exports: this.#jobs.map(({ state }) => state) };
  }
}

function rangeOf({ start, end }: { readonly start: string; readonly end: string }): Span {
  const range = { fromUs: usOf(start), toUs: usOf(end) };
  if (range.toUs <= range.fromUs) throw new VasError('invalid', 'The range must end after it begins.');
  if (range.toUs - range.fromUs > MOST_EVIDENCE_DAYS * DAY_US)
    throw new VasError('invalid', `Choose at most ${String(MOST_EVIDENCE_DAYS)} days.`);
  return range;
}

/** Of the files, by the share of each that lies within the range. */
async function bytesOf({ pieces }: CameraPlan, { fromUs, toUs }: Span): Promise<number> {
  const sizes = await Promise.all(
    pieces.map(async ({ file, startUs, endUs }) => {
      const size = await stat(file).then(
        (found) => found.size,
        () => 0,
      );
      const share = (Math.min(toUs, endUs) - Math.max(fromUs, startUs)) / Math.max(1, endUs - startUs);
      return size * Math.max(0, Math.min(1, share));
    }),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0));
}

async function freeOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString('en-US');
