import type { ArchiveCheckState } from '../../../../contract/archive';
import type { Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/emitter';
import { messageOf, VasError } from '../../../base/errors';
import { inspectArchive } from './inspect';
import type { RepairContext } from './repair';
import { repairFindings } from './repair';
import { reportOf } from './report';

export interface ArchiveCheckOptions {
  /** Reads every file and compares its hash. */
  readonly hashes: boolean;
  readonly repair: boolean;
}

export interface ArchiveChecksContext extends RepairContext {
  /** @throws VasError conflict while something runs that a check would take for damage */
  readonly assertFree: () => void;
}

/** Progress is told this often at most, milliseconds. */
const TELL_MS = 250;

const IDLE: ArchiveCheckState = {
  ...{ phase: 'idle', with_hashes: false, with_repair: false, segments_checked: 0, segments_total: 0 },
  ...{ bytes_checked: 0, bytes_total: 0, counts: {}, open: 0, findings: [], error: null },
};

/** Checks of the archive beside recording, one at a time. */
export class ArchiveChecks implements Disposable {
  readonly #context: ArchiveChecksContext;
  readonly #changed = new Emitter<ArchiveCheckState>();
  #state: ArchiveCheckState = IDLE;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  constructor(context: ArchiveChecksContext) {
    this.#context = context;
  }

  get state(): ArchiveCheckState {
    return this.#state;
  }

  onChanged(listener: (state: ArchiveCheckState) => void): Disposable {
    return this.#changed.on(listener);
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Begins a check. @throws VasError conflict while one runs, or while the index is changed at large */
  start(options: ArchiveCheckOptions): void {
    if (this.#running) throw new VasError('conflict', 'The archive is being checked already.');
    this.#context.assertFree();
    const abort = new AbortController();
    const done = this.#run(options, abort.signal).finally(() => (this.#running = null));
    this.#running = { abort, done };
  }

  /** Resolves when no check runs any more. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort(new VasError('unavailable', 'The check was cancelled.'));
    await this.#running?.done;
  }

  async dispose(): Promise<void> {
    await this.cancel();
  }

  async #run({ hashes, repair }: ArchiveCheckOptions, signal: AbortSignal): Promise<void> {
    const { folders, store, worker, log } = this.#context;
    this.#tell({ ...IDLE, phase: 'running', with_hashes: hashes, with_repair: repair });
    let toldAt = 0;
    let progress = { segments: 0, bytes: 0 };
    try {
      const total = (await store.read.listStorageFolders()).reduce(
        (sum, folder) => ({ segments: sum.segments + folder.segments, bytes: sum.bytes + folder.bytes }),
        { segments: 0, bytes: 0 },
      );
      this.#tell({ ...this.#state, segments_total: total.segments, bytes_total: total.bytes });
      const findings = await inspectArchive({
        ...{ folders, worker, hashes, signal, read: store.read, live: true },
        onProgress: (now) => {
          progress = { ...now };
          if (performance.now() - toldAt < TELL_MS) return;
          toldAt = performance.now();
          this.#tell({ ...this.#state, segments_checked: now.segments, bytes_checked: now.bytes });
        },
      });
      const outcomes = repair ? await repairFindings(this.#context, findings, signal) : [];
      const report = reportOf(progress, findings, outcomes);
      const { counts, open } = report;
      log[open > 0 ? 'error' : 'info']({ ...progress, counts, open }, 'the archive was checked');
      this.#tell({
        ...this.#state,
        ...{ phase: signal.aborted ? 'cancelled' : 'done', counts, open },
        ...{ segments_checked: progress.segments, bytes_checked: progress.bytes },
        findings: report.findings.slice(0, 100),
      });
    } catch (error) {
      const reason = signal.aborted ? null : messageOf(error);
      if (reason !== null) log.error({ reason }, 'the archive could not be checked');
      this.#tell({ ...this.#state, phase: signal.aborted ? 'cancelled' : 'failed', error: reason });
    }
  }

  #tell(state: ArchiveCheckState): void {
    this.#state = state;
    this.#changed.emit(state);
  }
}
