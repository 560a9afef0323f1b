import type { RequestOf, ResponseOf } from '../../contract';
import type { Capture, CaptureItem } from '../../contract/gallery';
import type { Clock } from '../base/clock';
import { messageOf, VasError } from '../base/errors';
import type { Bookmarks } from '../kernel/bookmarks/bookmarks';
import type { Snapshots } from '../kernel/snapshots/snapshots';
import type { CaptureFilter, CapturePatch, CaptureRow, Store } from '../store/types';
import { captureOf, readCursor, writeCursor } from './shape';

export interface GalleryOptions {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly clock: Pick<Clock, 'wallUs'>;
  readonly snapshots: Pick<Snapshots, 'delete'>;
  readonly bookmarks: Pick<Bookmarks, 'delete'>;
  /** Something was written on a capture. */
  readonly onChanged?: () => void;
}

export type FailedItem = CaptureItem & { readonly message: string };

/** Snapshots and bookmarks together: found, written on, deleted. */
export class Gallery {
  readonly #options: GalleryOptions;

  constructor(options: GalleryOptions) {
    this.#options = options;
  }

  /** @throws VasError bad_request for a cursor that is none of ours */
  async list({ filter, cursor, limit }: RequestOf<'captures.list'>): Promise<ResponseOf<'captures.list'>> {
    const { read } = this.#options.store;
    const wanted = filterOf(filter);
    const before = cursor === undefined ? undefined : readCursor(cursor);
    const [rows, total] = await Promise.all([
      read.listCaptures(before === undefined ? wanted : { ...wanted, before }, limit + 1),
      before === undefined ? read.countCaptures(wanted) : null,
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      captures: page.map(captureOf),
      next_cursor: rows.length > limit && last !== undefined ? writeCursor(last) : null,
      total,
    };
  }

  /** @throws VasError not_found */
  async get({ kind, id }: CaptureItem): Promise<Capture> {
    return captureOf(await this.row({ kind, id }));
  }

  async tags({ device_ids }: RequestOf<'captures.tags'>): Promise<ResponseOf<'captures.tags'>> {
    return { tags: await this.#options.store.read.captureTags(device_ids ?? null) };
  }

  /** @throws VasError not_found */
  async update({ kind, id, label, notes, tags }: RequestOf<'captures.update'>): Promise<Capture> {
    const patch: CapturePatch = {
      ...(label === undefined ? {} : { label: emptyIsNull(label) }),
      ...(notes === undefined ? {} : { notes: emptyIsNull(notes) }),
      ...(tags === undefined ? {} : { tags: withoutRepeats(tags) }),
      nowUs: this.#options.clock.wallUs(),
    };
    const row = await this.#options.store.write.updateCapture(kind, id, patch);
    this.#options.onChanged?.();
    return captureOf(row);
  }

  /** One after the other, so that a slow disk is not asked for hundreds of files at once. */
  async delete(items: readonly CaptureItem[]): Promise<ResponseOf<'captures.delete'>> {
    const { snapshots, bookmarks } = this.#options;
    const deleted: CaptureItem[] = [];
    const failed: FailedItem[] = [];
    for (const { kind, id } of items)
      try {
        await (kind === 'snapshot' ? snapshots : bookmarks).delete(id);
        deleted.push({ kind, id });
      } catch (error) {
        // Somebody else was faster: it is gone, as it was wanted to be.
        if (error instanceof VasError && error.kind === 'not_found') deleted.push({ kind, id });
        else failed.push({ kind, id, message: messageOf(error) });
      }
    return { deleted, failed };
  }

  /** @throws VasError not_found */
  async row({ kind, id }: CaptureItem): Promise<CaptureRow> {
    const row = await this.#options.store.read.getCapture(kind, id);
    if (row === null)
      throw new VasError('not_found', `There is no such ${kind}. It may have been deleted.`, {
        details: { id },
      });
    return row;
  }
}

const emptyIsNull = (text: string | null): string | null => (text === '' ? null : text);

/** Upper and lower case are the same; the first spelling stays. */
function withoutRepeats(tags: readonly string[]): string[] {
  return [...new Map([...tags].reverse().map((tag) => [tag.toLowerCase(), tag])).values()].reverse();
}

function filterOf(filter: RequestOf<'captures.list'>['filter']): CaptureFilter {
  const us = (time: string) => Date.parse(time) * 1000;
  return {
    ...(filter.kind === undefined ? {} : { kind: filter.kind }),
    ...(filter.device_ids === undefined ? {} : { deviceIds: filter.device_ids }),
    ...(filter.start_time === undefined ? {} : { fromUs: us(filter.start_time) }),
    // A millisecond is named; the last of its microseconds belongs to it.
    ...(filter.end_time === undefined ? {} : { toUs: us(filter.end_time) + 999 }),
    ...(filter.has_label === undefined ? {} : { hasLabel: filter.has_label }),
    ...(filter.tags === undefined ? {} : { tags: filter.tags }),
    ...(filter.text === undefined ? {} : { text: filter.text }),
  };
}
