import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { RequestOf, ResponseOf } from '../../contract';
import type { EvidenceExport } from '../../contract/evidence';
import type { Audit } from '../audit/audit';
import type { Disposable } from '../base/disposable';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { NativeDialogs } from '../settings/dialogs';
import { Tokens } from '../settings/tokens';
import type { Session } from '../users/session';
import { estimateOf, freeOf, neededBytes, planCameras, rangeOf, refuseTooLarge } from './estimate';
import type { Job } from './job';
import { isComplete, jobOf, removePackage } from './job';
import type { PackageOrder } from './order';
import type { PackageServices } from './packageWriter';
import { SigningKey } from './signingKey';

/** Packages that are remembered, unfinished ones besides. */
const REMEMBERED = 20;

export interface EvidenceOptions extends PackageServices {
  readonly dialogs: NativeDialogs;
  readonly session: Session;
  readonly audit: Audit;
  readonly log: Logger;
}

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

  /** Packages that the end of the application has interrupted: each waits to be resumed or deleted. */
  async findUnfinished(): Promise<void> {
    const { journal, log } = this.#options;
    for (const { order, done } of await journal.unfinished()) {
      if (this.#jobs.some(({ state }) => state.id === order.id)) continue;
      if (await isComplete(order)) {
        if (order.encrypted) await rm(order.folder, { recursive: true, force: true });
        await journal.end(order.id);
        continue;
      }
      log.warn({ folder: order.folder }, 'an evidence package was not finished');
      this.#jobs.push(jobOf(this.#options, order, { state: 'interrupted', done }));
    }
    this.#push();
  }

  subscribe(push: (value: ResponseOf<'evidence.exports'>) => void): () => void {
    this.#listeners.add(push);
    push(this.#value());
    return () => void this.#listeners.delete(push);
  }

  async estimate(request: RequestOf<'evidence.estimate'>): Promise<ResponseOf<'evidence.estimate'>> {
    return estimateOf(await planCameras(this.#options, request.camera_ids, rangeOf(request)), request);
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
    const { id: userId, name, role } = this.#operator();
    const range = rangeOf(request);
    const planned = await planCameras(this.#options, request.camera_ids, range);
    if (planned.every(({ plan }) => plan.slices.length === 0))
      throw new VasError('not_found', 'Nothing was recorded at that time. The time line shows what was.');
    const { rendition, reason, passphrase } = request;
    const kind = { rendition, encrypted: passphrase !== undefined };
    const bytes = planned.reduce((sum, one) => sum + one.bytes, 0);
    await refuseTooLarge(chosen, neededBytes(bytes, kind));
    this.#refuseSecond();
    const id = randomUUID();
    const day = new Date(range.fromUs / 1000).toISOString().slice(0, 16).replace(/[-:]/g, '');
    const order: PackageOrder = {
      ...{ id, range, reason, bytes, ...kind },
      cameras: planned.map(({ plan, ...camera }) => ({
        id: camera.id,
        name: camera.name,
        slices: plan.slices,
      })),
      operator: { id: userId, name, role },
      folder: path.join(chosen, `evidence-${day}Z-${id.slice(0, 8)}`),
    };
    const job = jobOf(this.#options, order, {
      ...{ state: 'running' },
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    this.#jobs.unshift(job);
    this.#forgetOld();
    this.#running = this.#run(job, true);
    return { id };
  }

  /** Harmless when it is over. */
  cancel(id: string): void {
    this.#jobs.find(({ state }) => state.id === id)?.abort.abort();
  }

  /** @throws VasError not_found, conflict, invalid (the passphrase is missing) */
  resume(id: string, passphrase?: string): void {
    const job = this.#find(id);
    if (job.state.state === 'done') throw new VasError('conflict', 'The package is complete already.');
    this.#refuseSecond();
    job.passphrase = passphrase ?? job.passphrase;
    if (job.state.encrypted && job.passphrase === undefined)
      throw new VasError('invalid', 'Enter the passphrase that the package is to be encrypted with.');
    job.by = this.#operator();
    job.abort = new AbortController();
    this.#change(job, { state: 'running', message: null, needs_passphrase: false });
    this.#running = this.#run(job, false);
  }

  /** Deletes what there is of it. @throws VasError not_found, conflict, unavailable */
  async discard(id: string): Promise<void> {
    const job = this.#find(id);
    const { state } = job.state;
    if (state === 'done')
      throw new VasError('conflict', 'The package is complete: delete its folder yourself.');
    if (state === 'running') throw new VasError('conflict', 'The package is being made. Cancel it first.');
    await removePackage(job.writer.order).catch((error: unknown) => {
      throw new VasError('unavailable', `The package cannot be deleted: ${messageOf(error)}`);
    });
    await this.#options.journal.end(id);
    this.#jobs.splice(this.#jobs.indexOf(job), 1);
    this.#push();
  }

  /** Ids of the cameras of a package; none when there is no such package. */
  camerasOf(id: string): readonly string[] {
    return this.#jobs.find(({ state }) => state.id === id)?.state.camera_ids ?? [];
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

  #operator() {
    const { operator } = this.#options.session;
    if (operator === null) throw new VasError('forbidden', 'Nobody is signed in. Sign in first.');
    return operator;
  }

  #find(id: string): Job {
    const job = this.#jobs.find(({ state }) => state.id === id);
    if (job === undefined)
      throw new VasError('not_found', 'There is no such export any more. Begin a new one.');
    return job;
  }

  #refuseSecond(): void {
    if (this.#jobs.some(({ state }) => state.state === 'running'))
      throw new VasError('conflict', 'Evidence is being exported. Wait until that is done, or cancel it.');
  }

  async #run(job: Job, isNew: boolean): Promise<void> {
    const { audit, log, journal } = this.#options;
    const { order } = job.writer;
    try {
      if (isNew) {
        // Before anything is written: whoever ends the application in the middle has taken footage out already.
        await audit.record(beginningOf(job));
        await journal.begin(order);
      } else
        await refuseTooLarge(path.dirname(order.folder), neededBytes(order.bytes - job.state.bytes, order));
      const where = await job.writer.run(
        {
          step: (step) => this.#change(job, { step, step_share: null }),
          files: (files, bytes) => this.#change(job, { files, bytes }),
          share: (share) => this.#change(job, { step_share: share }),
        },
        job.passphrase,
        job.abort.signal,
      );
      await journal.end(order.id);
      job.passphrase = undefined;
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
    await audit.record(noteOf(job));
  }

  /** Finished ones only: an unfinished one waits for a decision. */
  #forgetOld(): void {
    const finished = this.#jobs.filter(({ state }) => state.state === 'done').slice(REMEMBERED);
    for (const job of finished) this.#jobs.splice(this.#jobs.indexOf(job), 1);
  }

  #change(job: Job, change: Partial<EvidenceExport>): void {
    job.state = { ...job.state, ...change };
    this.#push();
  }

  #push(): void {
    for (const push of [...this.#listeners]) push(this.#value());
  }

  #value(): ResponseOf<'evidence.exports'> {
    return { exports: this.#jobs.map(({ state }) => state) };
  }
}

function beginningOf(job: Job): Parameters<Audit['record']>[0] {
  const { id, path: file, encrypted, start, end } = job.state;
  const { reason, rendition, cameras } = job.writer.order;
  return {
    action: 'evidence.begin',
    object: { kind: 'evidence', id },
    cameras: cameras.map((camera) => camera.id),
    detail: { file, why: reason, rendition, encrypted, start, end },
    by: job.by,
  };
}

function noteOf(job: Job): Parameters<Audit['record']>[0] {
  const { state, path: file, files, bytes, encrypted, message, start, end } = job.state;
  const { reason, rendition, cameras } = job.writer.order;
  return {
    action: 'evidence.export',
    object: { kind: 'evidence', id: job.state.id },
    cameras: cameras.map(({ id }) => id),
    detail: {
      ...{ state, file, why: reason, rendition, files, bytes, encrypted, start, end },
      ...(message === null ? {} : { reason: message }),
    },
    outcome: state === 'done' ? 'done' : 'failed',
    by: job.by,
  };
}
