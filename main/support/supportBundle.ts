import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ResponseOf, SupportBundle } from '../../contract';
import type { Disposable } from '../base/disposable';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { NativeDialogs } from '../settings/dialogs';
import type { BundleDocument, BundleTask } from './bundleTask';
import { writeBundle } from './bundleTask';
import type { KnownSecrets } from './redaction';

/** Of logs, bytes; the newest. They pack to about a twentieth. */
const MOST_LOG_BYTES = 100 * 1024 * 1024;
/** Progress is told this often at most, milliseconds. */
const TELL_MS = 100;

type State = ResponseOf<'support.state'>;

export interface SupportBundlesOptions {
  readonly dialogs: NativeDialogs;
  readonly documents: () => Promise<BundleDocument[]>;
  readonly secrets: () => Promise<KnownSecrets>;
  readonly logFolder: string;
  /** Bundled support.worker. */
  readonly workerPath: string;
  /** Wall clock, microseconds since the epoch. */
  readonly nowUs: () => number;
  readonly log: Logger;
}

/** Writes how the workstation is into one file for whoever helps: one bundle at a time, in a thread of its own. */
export class SupportBundles implements Disposable {
  readonly #options: SupportBundlesOptions;
  readonly #listeners = new Set<(value: State) => void>();
  #current: SupportBundle | null = null;
  #abort: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: SupportBundlesOptions) {
    this.#options = options;
  }

  /** Tells the state at once and on each change; returns how to stop. */
  subscribe(push: (value: State) => void): () => void {
    this.#listeners.add(push);
    push({ bundle: this.#current });
    return () => void this.#listeners.delete(push);
  }

  /** @throws VasError conflict while another one is written */
  async create(): Promise<ResponseOf<'support.create'>> {
    this.#refuseSecond();
    const stamp = new Date(this.#options.nowUs() / 1000).toISOString().slice(0, 16).replaceAll(':', '-');
    const file = await this.#options.dialogs.saveFile({
      title: 'Save a support bundle',
      suggestedName: `vas-workstation-support-${stamp}.zip`,
      kind: { name: 'ZIP', extension: 'zip' },
    });
    if (file === null) return { started: null };
    this.#refuseSecond();
    const id = randomUUID();
    const abort = (this.#abort = new AbortController());
    this.#set({
      ...{ id, file, state: 'running', step: 'collecting', read: 0, total: 0 },
      ...{ bytes: null, message: null },
    });
    this.#running = this.#run(file, abort.signal);
    return { started: { id, file } };
  }

  /** Harmless when it is over already. */
  cancel(id: string): void {
    if (this.#current?.id === id) this.#abort?.abort();
  }

  async dispose(): Promise<void> {
    this.#listeners.clear();
    this.#abort?.abort();
    await this.#running;
  }

  #refuseSecond(): void {
    if (this.#current?.state === 'running')
      throw new VasError(
        'conflict',
        'A support bundle is being written. Wait until that is done, or cancel it.',
      );
  }

  async #run(file: string, signal: AbortSignal): Promise<void> {
    const { log, workerPath } = this.#options;
    try {
      const task = await this.#task(file);
      this.#change({ step: 'writing', total: task.total });
      let toldMs = 0;
      const bytes = await writeBundle(workerPath, task.task, signal, (read) => {
        if (performance.now() - toldMs < TELL_MS) return;
        toldMs = performance.now();
        this.#change({ read });
      });
      this.#change({ state: 'done', bytes, read: task.total });
      log.info({ bytes }, 'a support bundle was written');
    } catch (error) {
      await rm(`${file}.part`, { force: true }).catch(() => undefined);
      if (signal.aborted) return this.#change({ state: 'cancelled' });
      log.warn({ reason: messageOf(error) }, 'a support bundle could not be written');
      this.#change({
        state: 'failed',
        message: `The file cannot be written to ${file}: ${messageOf(error).replace(/\.$/, '')}. Choose another folder.`,
      });
    }
  }

  async #task(target: string): Promise<{ task: BundleTask; total: number }> {
    const { documents, secrets, logFolder } = this.#options;
    const [made, known, logs] = await Promise.all([documents(), secrets(), newestLogs(logFolder)]);
    const names = [...made.map(({ name }) => name), ...logs.taken.map(({ name }) => name)];
    const readme = { name: 'README.txt', text: readmeText(names, logs.left) };
    return {
      task: { target, documents: [readme, ...made], files: logs.taken, secrets: known },
      total: logs.bytes,
    };
  }

  #change(change: Partial<SupportBundle>): void {
    if (this.#current !== null) this.#set({ ...this.#current, ...change });
  }

  #set(current: SupportBundle): void {
    this.#current = current;
    for (const push of [...this.#listeners]) push({ bundle: current });
  }
}

/** The newest logs that fit, the newest first; `left` are the names of the others. */
async function newestLogs(folder: string) {
  const found: { name: string; path: string; size: number; at: number }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    // A link could lead to anything.
    if (!entry.isFile() || !entry.name.endsWith('.log')) continue;
    const file = path.join(folder, entry.name);
    const { size, mtimeMs } = await stat(file);
    found.push({ name: `logs/${entry.name}`, path: file, size, at: mtimeMs });
  }
  found.sort((one, other) => other.at - one.at);
  let bytes = 0;
  const fits = found.filter(({ size }) => bytes + size <= MOST_LOG_BYTES && ((bytes += size), true));
  return {
    taken: fits.map(({ name, path: file }) => ({ name, path: file })),
    left: found.filter((one) => !fits.includes(one)).map(({ name }) => name),
    bytes,
  };
}

function readmeText(names: readonly string[], left: readonly string[]): string {
  return [
    'VAS Workstation, support bundle',
    '',
    'Text only; look through it before you give it away. Passwords, user names of cameras, questions of addresses',
    'and whatever looks like a password were replaced by [redacted]. There are no pictures, recordings or events in',
    'it, and it does not say who works here.',
    '',
    ...names.map((name) => `  ${name}`),
    ...(left.length === 0
      ? []
      : ['', 'Left out because they are old and large:', ...left.map((name) => `  ${name}`)]),
    '',
  ].join('\n');
}
