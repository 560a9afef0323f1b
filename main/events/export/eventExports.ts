import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import type { AiEventFilter, ResponseOf } from '../../../contract';
import type { Disposable } from '../../base/disposable';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { NativeDialogs } from '../../settings/dialogs';
import type { EventQueries } from '../queries';
import { csvHead, csvRecord } from './csv';

export type EventFileFormat = 'csv' | 'json';
export type EventExport = ResponseOf<'ai-events.exports'>['exports'][number];

/** Rows that are read and written at once. */
const PAGE = 500;
/** A pause after each page: an export has time, the readers of the screen have not. */
const PAUSE_MS = 2;

export interface EventExportsOptions {
  readonly queries: () => Promise<Pick<EventQueries, 'list'>>;
  readonly dialogs: NativeDialogs;
  /** Names of the cameras by their ids. */
  readonly cameraNames: () => Promise<ReadonlyMap<string, string>>;
  readonly log: Logger;
}

/** Writes the events of a filter into a file that a person chooses: page by page, one export at a time. */
export class EventExports implements Disposable {
  readonly #options: EventExportsOptions;
  readonly #listeners = new Set<(value: ResponseOf<'ai-events.exports'>) => void>();
  #current: EventExport | null = null;
  #isCancelled = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EventExportsOptions) {
    this.#options = options;
  }

  /** Tells the state at once and then on each page; returns how to stop. */
  subscribe(push: (value: ResponseOf<'ai-events.exports'>) => void): () => void {
    this.#listeners.add(push);
    push(this.#value());
    return () => void this.#listeners.delete(push);
  }

  /**
   * Asks for a file and begins to write.
   * @returns the export's id; null when the person cancelled the dialog
   * @throws VasError conflict while another export runs, unavailable when the events cannot be read
   */
  async start(filter: AiEventFilter, format: EventFileFormat): Promise<string | null> {
    this.#refuseSecond();
    const queries = await this.#options.queries();
    const file = await this.#options.dialogs.saveFile({
      title: 'Export events',
      suggestedName: `events.${format}`,
      kind: { name: format.toUpperCase(), extension: format },
    });
    if (file === null) return null;
    this.#refuseSecond();
    const id = randomUUID();
    this.#isCancelled = false;
    this.#set({ id, file, format, state: 'running', written: 0, total: null, message: null });
    this.#running = this.#run(queries, filter, format, file);
    return id;
  }

  /** Harmless when it is over already. */
  cancel(id: string): void {
    if (this.#current?.id === id) this.#isCancelled = true;
  }

  async dispose(): Promise<void> {
    this.#isCancelled = true;
    this.#listeners.clear();
    await this.#running;
  }

  #refuseSecond(): void {
    if (this.#current?.state === 'running')
      throw new VasError('conflict', 'Events are being exported. Wait until that is done, or cancel it.');
  }

  async #run(
    queries: Pick<EventQueries, 'list'>,
    filter: AiEventFilter,
    format: EventFileFormat,
    file: string,
  ): Promise<void> {
    // What is chosen is replaced only by a complete export.
    const part = `${file}.part`;
    try {
      const target = await open(part, 'w', 0o600);
      try {
        await this.#write(queries, filter, format, target);
        if (!this.#isCancelled) await target.sync();
      } finally {
        await target.close();
      }
      if (!this.#isCancelled) await rename(part, file);
      this.#change({ state: this.#isCancelled ? 'cancelled' : 'done' });
    } catch (error) {
      this.#options.log.warn({ reason: messageOf(error) }, 'events could not be exported');
      this.#change({
        state: 'failed',
        message:
          error instanceof VasError
            ? error.message
            : `The file cannot be written to ${file}: ${messageOf(error)}. Choose another folder.`,
      });
    }
    if (this.#current?.state !== 'done') await rm(part, { force: true }).catch(() => undefined);
  }

  async #write(
    queries: Pick<EventQueries, 'list'>,
    filter: AiEventFilter,
    format: EventFileFormat,
    target: FileHandle,
  ): Promise<void> {
    const names = await this.#options.cameraNames();
    let cursor: string | null = null;
    let written = 0;
    await target.appendFile(format === 'csv' ? csvHead() : '[');
    do {
      const page: ResponseOf<'ai-events.list'> = await queries.list({
        ...filter,
        limit: PAGE,
        offset: 0,
        with_total: cursor === null,
        ...(cursor === null ? {} : { cursor }),
      });
      if (cursor === null && page.total_is_exact) this.#change({ total: page.total });
      const texts = page.events.map((event, index) =>
        format === 'csv'
          ? csvRecord(event, names.get(event.camera_id) ?? '')
          : `${written + index === 0 ? '\n' : ',\n'}${JSON.stringify(event)}`,
      );
      if (this.#isCancelled) return;
      await target.appendFile(texts.join(''));
      written += page.events.length;
      this.#change({ written });
      cursor = page.next_cursor;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } while (cursor !== null && !this.#isCancelled);
    if (format === 'json') await target.appendFile('\n]\n');
  }

  #change(change: Partial<EventExport>): void {
    if (this.#current !== null) this.#set({ ...this.#current, ...change });
  }

  #set(current: EventExport): void {
    this.#current = current;
    for (const push of [...this.#listeners]) push(this.#value());
  }

  #value(): ResponseOf<'ai-events.exports'> {
    return { exports: this.#current === null ? [] : [this.#current] };
  }
}
