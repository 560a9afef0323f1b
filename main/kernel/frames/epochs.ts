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

  constructor(store: EpochStore) {
    this.#store = store;
  }

  /**
   * @returns the first of at least `count` epochs that nobody has used
   * @throws VasError unavailable when there are none left or the store does not answer
   */
  async reserve(cameraId: string, count: number): Promise<{ first: number; count: number }> {
    let block = this.#blocks.get(cameraId);
    if (!block || block.end - block.next < count) {
      const next = Math.max(block?.next ?? 0, block ? block.end : ((await this.#store.read(cameraId)) ?? 1));
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
    return { first: block.next, count: block.end - block.next };
  }

  /** `epoch` was used: the next reservation begins behind it. */
  used(cameraId: string, epoch: number): void {
    const block = this.#blocks.get(cameraId);
    if (block && epoch >= block.next && epoch < block.end) block.next = epoch + 1;
  }
}
