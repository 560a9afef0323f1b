import type { FrameInfo, FrameRing, MotionMasks, MotionWatch } from '../../../native';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { FramesAddon } from './addon';

/** A frame as it is told: where it is and what it is of, never its pixels. */
export interface ExportedFrame extends FrameInfo {
  readonly cameraId: string;
  readonly path: string;
  /** Where something moved since the pictures before; null where it could not be found out. */
  readonly motion: MotionMasks | null;
}

export interface FrameReaderEvents {
  readonly onFailure: (error: unknown) => void;
  readonly onMotion: (frame: ExportedFrame) => void;
}

/**
 * Tells listeners the newest frame of a camera, with what moves in it, which is found out on a thread of the pool.
 * Maps the ring only while somebody listens.
 */
export class FrameReader {
  readonly #frames: Emitter<ExportedFrame>;
  #ring: FrameRing | null = null;
  #last = 0;
  #listeners = 0;
  #watch: MotionWatch | null = null;
  #looking = false;
  #next: FrameInfo | null = null;

  constructor(
    readonly cameraId: string,
    readonly path: string,
    private readonly addon: Pick<FramesAddon, 'openFrameRing' | 'createMotionWatch'>,
    private readonly events: FrameReaderEvents,
  ) {
    this.#frames = new Emitter(events.onFailure);
  }

  onFrame(listener: (frame: ExportedFrame) => void): Disposable {
    this.#listeners++;
    const listening = this.#frames.on(listener);
    let counted = true;
    return {
      dispose: () => {
        if (counted) this.#listeners--;
        counted = false;
        if (this.#listeners === 0) this.forget();
        return listening.dispose();
      },
    };
  }

  /** The tap says that `newestFrameId` was published. */
  news(newestFrameId: number): void {
    if (this.#listeners === 0 || newestFrameId === 0 || newestFrameId === this.#last) return;
    const info = this.#latest();
    if (!info || info.frameId <= this.#last) return;
    this.#last = info.frameId;
    if (this.#looking) this.#next = info;
    else void this.#look(info);
  }

  /** Lets go of the ring. */
  forget(): void {
    this.#ring?.close();
    this.#ring = null;
    this.#watch?.close();
    this.#watch = null;
    this.#next = null;
  }

  /** One look at a time: what comes meanwhile is replaced by what is newer. */
  async #look(first: FrameInfo): Promise<void> {
    this.#looking = true;
    for (let info: FrameInfo | null = first; info !== null && this.#listeners > 0; info = this.#next) {
      this.#next = null;
      this.#watch ??= this.addon.createMotionWatch(this.path);
      const motion = await this.#watch.look(info.frameId).catch(() => null);
      if (this.#listeners === 0) break;
      const frame = { ...info, cameraId: this.cameraId, path: this.path, motion };
      this.events.onMotion(frame);
      this.#frames.emit(frame);
    }
    this.#looking = false;
  }

  #latest(): FrameInfo | null {
    // A ring that was replaced by a larger one says that it ended.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        this.#ring ??= this.addon.openFrameRing(this.path);
        return this.#ring.latest();
      } catch {
        this.forget();
      }
    }
    return null;
  }
}
