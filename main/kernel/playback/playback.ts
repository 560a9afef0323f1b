import { randomUUID } from 'node:crypto';
import type { Disposable } from '../../base/disposable';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';
import { convertChunk } from './conversion';
import { footageFrom } from './ends';
import { keysAnswer } from './keysAnswer';
import { NO_PICTURES, packed } from './pack';
import { LONGEST_SOUND_US, soundAnswer } from './sound';
import { playlistText } from './playlist';
import type { Entry } from './session';
import type { Previews } from './previews';
import { PlaybackSession } from './session';

/** What the media protocol answers; the body is bounded by a chunk. */
export interface PlaybackAnswer {
  readonly mime: string;
  readonly body: string | Uint8Array;
}

export interface PlaybackOptions {
  readonly read: StoreReads;
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  /** Few at a time, apart from those that make snapshots. */
  readonly jobs: MediaJobs;
  readonly log: Logger;
  /** Small pictures; left out where there are none. */
  readonly previews?: Pick<Previews, 'at'>;
  /** Whether a window may see a camera's recordings; asked at each request. */
  readonly mayWatch?: (ownerId: string, cameraId: string) => boolean;
}

/** Tiles of a window, and as many that are just being replaced. */
const PER_OWNER = 36;

interface Open {
  readonly session: PlaybackSession;
  /** Codecs that the page decodes. */
  readonly decodes: ReadonlySet<string>;
  /** Heads of converted chunks, by head. */
  readonly converted: Map<number, Uint8Array>;
}

/** Sessions of recorded footage: one for each tile of a window that plays. */
export class Playback implements Disposable {
  readonly #options: PlaybackOptions;
  readonly #open = new Map<string, Open>();

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  /** Camera of an open session; null when it is none. */
  cameraOf(id: string): string | null {
    return this.#open.get(id)?.session.cameraId ?? null;
  }

  get sessions(): number {
    return this.#open.size;
  }

  /** @throws VasError not_found when nothing is kept there or later, unavailable when too many are open */
  async open(
    ownerId: string,
    cameraId: string,
    atUs: number,
    decodes: readonly string[],
  ): Promise<PlaybackSession> {
    this.#permit(ownerId, cameraId);
    const own = [...this.#open.values()].filter(({ session }) => session.ownerId === ownerId);
    if (own.length >= PER_OWNER)
      throw new VasError('unavailable', 'Too many recordings are open in this window. Close some of them.');
    const { footage, worker, read } = this.#options;
    const session = new PlaybackSession({ id: randomUUID(), ownerId, cameraId }, atUs, {
      ...{ footage, worker },
      nextStart: async (id, us) => (await footageFrom({ read, footage }, id, us))?.startUs ?? null,
    });
    this.#open.set(session.id, { session, decodes: new Set(['h264', ...decodes]), converted: new Map() });
    try {
      await session.grow();
    } catch (error) {
      this.close(ownerId, session.id);
      throw error;
    }
    if (session.entries.length > 0) return session;
    this.close(ownerId, session.id);
    throw new VasError('not_found', 'There is no footage of this camera at that time.');
  }

  /** Ends conversions that run for it. Harmless when it is closed already or another window's. */
  close(ownerId: string, id: string): void {
    const open = this.#open.get(id);
    if (open?.session.ownerId !== ownerId) return;
    this.#open.delete(id);
    open.session.aborter.abort();
  }

  closeOwner(ownerId: string): void {
    for (const [id, { session }] of [...this.#open]) if (session.ownerId === ownerId) this.close(ownerId, id);
  }

  dispose(): void {
    for (const { session } of this.#open.values()) session.aborter.abort();
    this.#open.clear();
  }

  /**
   * Answers `<session>/list`, `<session>/head/<n>`, `<session>/chunk/<n>`, `<session>/preview/<at>`,
   * `<session>/sound/<from>/<to>` and
   * `<session>/keys/<from>/<to>/<step>` (microseconds; from > to: the last ones first).
   * @throws VasError not_found for anything else and for what is gone
   */
  async answer(parts: readonly string[]): Promise<PlaybackAnswer> {
    const [id = '', what, ...numbers] = parts;
    const open = this.#open.get(id);
    if (!open) throw new VasError('not_found', 'This recording is not open any more.');
    this.#permit(open.session.ownerId, open.session.cameraId);
    const [one, two, three] = numbers.map(wholeNumber);
    if (what === 'list' && numbers.length === 0) {
      await open.session.grow();
      return { mime: 'application/vnd.apple.mpegurl', body: playlistText(open.session) };
    }
    if (what === 'head' && numbers.length === 1 && one != null) return mp4(await this.#head(open, one));
    if (what === 'chunk' && numbers.length === 1 && one != null)
      return mp4(await this.#chunk(open, open.session.entry(one)));
    if (what === 'keys' && numbers.length === 3 && one != null && two != null && three != null) {
      const { footage, worker, jobs } = this.#options;
      const range = { fromUs: one, toUs: two, stepUs: three };
      const body = await keysAnswer({ footage, worker, jobs, decodes: open.decodes }, open.session, range);
      return { mime: 'application/octet-stream', body };
    }
    if (what === 'sound' && numbers.length === 2 && one != null && two != null) {
      if (two <= one || two - one > LONGEST_SOUND_US)
        throw new VasError('not_found', 'Sound is answered for up to 20 seconds.');
      const body = await soundAnswer(this.#options, open.session, one, two);
      return { mime: 'application/octet-stream', body };
    }
    if (what === 'preview' && numbers.length === 1 && one != null) {
      const body = await this.#options.previews?.at(open.session.cameraId, one);
      // Often there is none yet, which is no error: the window then asks for the key frame.
      return { mime: 'application/octet-stream', body: body ?? packed(NO_PICTURES, []) };
    }
    throw new VasError('not_found', 'There is no such address.');
  }

  async #head(open: Open, index: number): Promise<Uint8Array> {
    const { session, decodes, converted } = open;
    const head = session.heads[index];
    if (!head) throw new VasError('not_found', 'There is no such part of the footage.');
    if (decodes.has(head.codec)) {
      const { bytes } = await session.withFile(head.fileAtUs, ({ file }) =>
        this.#options.worker.run('chunkInit', file),
      );
      return bytes;
    }
    const known = converted.get(index);
    if (known) return known;
    const first = session.entries.find((entry) => entry.head === index);
    if (first) await this.#chunk(open, first);
    const made = converted.get(index);
    if (!made) throw new VasError('unavailable', 'This recording cannot be converted.');
    return made;
  }

  async #chunk(open: Open, entry: Entry): Promise<Uint8Array> {
    const { session, decodes, converted } = open;
    const { worker, jobs } = this.#options;
    const isPlayed = decodes.has(session.heads[entry.head]?.codec ?? '');
    const { bytes } = await session.withFile(entry.fileAtUs, ({ file }) =>
      worker.run('chunkBytes', {
        ...{ file, first: entry.first, count: entry.count, mediaSeconds: entry.mediaSeconds },
        sequence: entry.index + 1,
        withInit: !isPlayed,
      }),
    );
    if (isPlayed) return bytes;
    const encoded = await convertChunk(jobs, bytes, session.aborter.signal);
    const placed = await worker.run('placeEncoded', encoded, entry.mediaSeconds, entry.index + 1);
    converted.set(entry.head, placed.init);
    return placed.bytes;
  }

  #permit(ownerId: string, cameraId: string): void {
    if (this.#options.mayWatch?.(ownerId, cameraId) === false)
      throw new VasError('not_found', 'You may not see recordings of this camera.');
  }
}

const mp4 = (body: Uint8Array): PlaybackAnswer => ({ mime: 'video/mp4', body });

function wholeNumber(text: string): number | null {
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}
