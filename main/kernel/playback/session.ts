import { LARGEST_SLEW } from '../../../contract/slew';
import { VasError } from '../../base/errors';
import type { FootagePiece, FootageSource } from '../media/footage';
import type { MediaWorker } from '../media/mediaWorker';
import { systemCodeOf } from '../media/mediaWorker';
import { mediaTime } from '../media/mediaTime';
import type { ChunkTable } from './worker/chunks';

/** One entry of a session's playlist. */
export interface Entry {
  readonly index: number;
  /** Wall clock it begins with, microseconds. */
  readonly wallUs: number;
  readonly endUs: number;
  /** Where it lies on the player's time line, seconds; gaps take no time there. */
  readonly mediaSeconds: number;
  /** Of media, which a clock that was slewed spreads over a little more or less of the wall. */
  readonly seconds: number;
  /** Follows a gap or another set of parameters. */
  readonly isDiscontinuity: boolean;
  /** Index of its head among those of the same playlist. */
  readonly head: number;
  /** In its file. */
  readonly first: number;
  readonly count: number;
  /** A moment well inside its file. */
  readonly fileAtUs: number;
}

/** A set of decoder parameters, and a moment of which a file has them. */
export interface Head {
  readonly parameters: string;
  readonly codec: string;
  readonly fileAtUs: number;
}

export interface SessionContext {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  /** Start of the first segment that begins at or after a moment; null when there is none. */
  readonly nextStart: (cameraId: string, us: number) => Promise<number | null>;
}

/** Footage before the position that is there for small steps back, microseconds. */
const BEHIND_US = 8_000_000;
/** Footage that a playlist holds beyond what was fetched last, microseconds. */
const AHEAD_US = 40_000_000;
/** Footage that a playlist keeps behind what was fetched last, seconds of the player's time line: gaps take none. */
const KEPT_SECONDS = 300;
/** Between two pieces of footage up to this is no gap, microseconds. */
const JOINT_US = 500_000;
/** Files are moved when they are registered, and given up by retention. */
const ATTEMPTS = 3;

/** Where moments of the wall lie a millisecond off, nobody sees it, seconds. */
const ROUNDED = 0.001;

/**
 * How far on the player's time line footage begins that goes on after an entry, seconds: at its end, where that only
 * is the slewing of the clock; otherwise where the wall clock says. After a gap it follows at once.
 */
function stepOf(last: Entry, wallUs: number): number {
  const step = (wallUs - last.wallUs) / 1e6;
  return Math.abs(step - last.seconds) <= last.seconds * LARGEST_SLEW + ROUNDED ? last.seconds : step;
}

/**
 * A moment by which a piece is found again: the clock of a file that is being written is still finding its level, and
 * when it is closed its ends are known exactly, so that a moment near them may be another file's by then.
 */
export function momentIn({ startUs, endUs }: FootagePiece): number {
  return Math.round((startUs + endUs) / 2);
}

/**
 * A camera's footage around a moment, divided into what a player fetches. Grows as it is played, and lets go of what
 * lies far behind, so that hours of playing cost no more than minutes.
 */
export class PlaybackSession {
  readonly id: string;
  readonly ownerId: string;
  readonly cameraId: string;
  readonly aborter = new AbortController();
  /** In order and without a gap in their indices; the first ones go in time. */
  readonly entries: Entry[] = [];
  readonly heads: Head[] = [];
  /** Discontinuities among the entries that are gone. */
  discontinuitiesBefore = 0;
  readonly #context: SessionContext;
  #cursorUs: number;
  #wantedUs: number;
  /** Where what was fetched ends on the player's time line, seconds. */
  #wantedSeconds = 0;
  #growing: Promise<void> | null = null;

  constructor(
    identity: { readonly id: string; readonly ownerId: string; readonly cameraId: string },
    atUs: number,
    context: SessionContext,
  ) {
    this.id = identity.id;
    this.ownerId = identity.ownerId;
    this.cameraId = identity.cameraId;
    this.#context = context;
    this.#cursorUs = atUs - BEHIND_US;
    this.#wantedUs = atUs;
  }

  /** Adds what the playlist shall hold by now; calls at the same time share one look. */
  grow(): Promise<void> {
    this.#growing ??= this.#grow().finally(() => {
      this.#growing = null;
      this.#letGo();
    });
    return this.#growing;
  }

  /** Where a moment lies on the player's time line; the first moment after it where it was not recorded. */
  placeOf(us: number): { wallUs: number; mediaSeconds: number } {
    const entry = this.entries.find(({ endUs }) => endUs > us) ?? this.entries.at(-1);
    if (!entry) return { wallUs: us, mediaSeconds: 0 };
    const wallUs = Math.min(Math.max(us, entry.wallUs), entry.endUs);
    const share = (wallUs - entry.wallUs) / (entry.endUs - entry.wallUs);
    return { wallUs, mediaSeconds: entry.mediaSeconds + share * entry.seconds };
  }

  entry(index: number): Entry {
    const entry = this.entries[index - (this.entries[0]?.index ?? 0)];
    if (!entry) throw new VasError('not_found', 'There is no such part of the footage.');
    if (entry.endUs > this.#wantedUs) this.#wantedUs = entry.endUs;
    this.#wantedSeconds = Math.max(this.#wantedSeconds, entry.mediaSeconds + entry.seconds);
    return entry;
  }

  /**
   * Does something with the file that holds a moment (`momentIn`); looks for it anew when it has moved.
   * @throws VasError not_found when retention has given it up
   */
  async withFile<T>(atUs: number, use: (piece: FootagePiece) => Promise<T>): Promise<T> {
    const { footage } = this.#context;
    for (let attempt = 1; ; attempt++) {
      const [piece] = await footage.locate(this.cameraId, atUs, atUs + 1);
      if (!piece) throw new VasError('not_found', 'This footage has been given up by retention meanwhile.');
      const hold = footage.hold([piece]);
      try {
        return await use(piece);
      } catch (error) {
        if (attempt >= ATTEMPTS || systemCodeOf(error) !== 'ENOENT') throw error;
      } finally {
        hold.dispose();
      }
    }
  }

  #letGo(): void {
    const fromSeconds = this.#wantedSeconds - KEPT_SECONDS;
    const kept = this.entries.findIndex(({ mediaSeconds, seconds }) => mediaSeconds + seconds > fromSeconds);
    for (const { isDiscontinuity } of this.entries.splice(0, Math.max(0, kept)))
      if (isDiscontinuity) this.discontinuitiesBefore++;
  }

  async #grow(): Promise<void> {
    const { footage, nextStart } = this.#context;
    const untilUs = this.#wantedUs + AHEAD_US;
    while (this.#cursorUs < untilUs) {
      const fromUs = this.#cursorUs;
      let pieces = await footage.locate(this.cameraId, fromUs, untilUs);
      if (pieces.length === 0) {
        // Over the gap, if anything follows it.
        const startUs = await nextStart(this.cameraId, fromUs);
        if (startUs === null) return;
        pieces = await footage.locate(this.cameraId, startUs, startUs + 1000);
      }
      for (const piece of pieces) await this.#add(piece);
      if (this.#cursorUs === fromUs) return;
    }
  }

  async #add(piece: FootagePiece): Promise<void> {
    let table: ChunkTable;
    try {
      table = await this.withFile(momentIn(piece), ({ file, open }) =>
        this.#context.worker.run('chunkTable', file, open),
      );
    } catch (error) {
      // Damaged or gone meanwhile: a gap as any other.
      if (!piece.open) this.#cursorUs = Math.max(this.#cursorUs, piece.endUs);
      if (error instanceof VasError) return;
      throw error;
    }
    const time = mediaTime(piece, table.chunks.at(-1)?.to ?? 0);
    for (const chunk of table.chunks) {
      const wallUs = time.wallUs(chunk.from);
      const endUs = time.wallUs(chunk.to);
      if (endUs <= this.#cursorUs + 1000) continue;
      const last = this.entries.at(-1);
      const head = this.#headOf(table, piece);
      const isJoined = last !== undefined && last.head === head && Math.abs(wallUs - last.endUs) < JOINT_US;
      const seconds = chunk.to - chunk.from;
      this.entries.push({
        index: last ? last.index + 1 : 0,
        ...{ wallUs, endUs, head, first: chunk.first, count: chunk.count, fileAtUs: momentIn(piece) },
        mediaSeconds: last ? last.mediaSeconds + (isJoined ? stepOf(last, wallUs) : last.seconds) : 0,
        seconds,
        isDiscontinuity: last !== undefined && !isJoined,
      });
      this.#cursorUs = endUs;
    }
    if (!piece.open) this.#cursorUs = Math.max(this.#cursorUs, piece.endUs);
  }

  #headOf(table: ChunkTable, piece: FootagePiece): number {
    const known = this.heads.findIndex(({ parameters }) => parameters === table.parameters);
    if (known >= 0) return known;
    this.heads.push({ parameters: table.parameters, codec: table.codec, fileAtUs: momentIn(piece) });
    return this.heads.length - 1;
  }
}
