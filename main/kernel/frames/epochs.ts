import { VasError } from '../../base/errors';

/** Epochs that are taken from the store at a time: what a crash may leave unused. */
const BLOCK = 32;
/** 20 bits (architecture "Shared memory layout"). */
const END = 2 ** 20;

/** Where the next epoch of each camera is kept. */
export interface EpochStore {
  /** Null before the first. */
  read(cameraId: string): Promise<number | null>;
  write(cameraId: string, next: number): Promise<void>;
}

/** Epochs `first` to `first + count - 1`. */
export interface EpochRange {
  readonly first: number;
  readonly count: number;
}

interface Block {
  next: number;
  end: number;
}

/**
 * Epochs of a camera: each is given once, also over restarts and crashes, so that a frame_id never comes twice
 * (INV-21, W-42).
 */
export class Epochs {
  readonly #store: EpochStore;
  readonly #blocks = new Map<string, Block>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: EpochStore) {
    this.#store = store;
  }

  /**
   * @returns `count` epochs that nobody else gets, greater than all that were given before
   * @throws VasError unavailable when there are none left or the store does not answer
   */
  reserve(cameraId: string, count: number): Promise<EpochRange> {
    // One after the other: both streams of a camera may ask while the store is still being read.
    const mine = this.#turn.then(() => this.#reserve(cameraId, count));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /**
   * A reservation is over. What it left is given again, unless a later one has been made meanwhile.
   * @param lastUsed the highest epoch that was used, of this reservation or before
   */
  giveBack(cameraId: string, { first, count }: EpochRange, lastUsed: number): void {
    const block = this.#blocks.get(cameraId);
    if (block && block.next === first + count) block.next = Math.max(first, lastUsed + 1);
  }

  async #reserve(cameraId: string, count: number): Promise<EpochRange> {
    let block = this.#blocks.get(cameraId);
    if (!block || block.end - block.next < count) {
      const next = block ? block.end : ((await this.#store.read(cameraId)) ?? 1);
      const end = next + Math.max(BLOCK, count);
      if (end > END)
        throw new VasError(
          'unavailable',
          'The frame numbers of this camera are used up. Add the camera anew.',
        );
      await this.#store.write(cameraId, end);
      block = { next, end };
      this.#blocks.set(cameraId, block);
    }
    const first = block.next;
    block.next += count;
    return { first, count };
  }
}
