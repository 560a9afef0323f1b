import type { FrameInfo, FrameRing } from '../../../native';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { FramesAddon } from './addon';

/** A frame as it is told: where it is and what it is of, never its pixels. */
export interface ExportedFrame extends FrameInfo {
  readonly cameraId: string;
  readonly path: string;
}

/** Tells listeners the newest frame of a camera. Maps the ring only while somebody listens. */
export class FrameReader {
  readonly #frames: Emitter<ExportedFrame>;
  #ring: FrameRing | null = null;
  #last = 0;
  #listeners = 0;

  constructor(
    readonly cameraId: string,
    readonly path: string,
    private readonly addon: Pick<FramesAddon, 'openFrameRing'>,
    onFailure: (error: unknown) => void,
  ) {
    this.#frames = new Emitter(onFailure);
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
    this.#frames.emit({ ...info, cameraId: this.cameraId, path: this.path });
  }

  /** Lets go of the ring. */
  forget(): void {
    this.#ring?.close();
    this.#ring = null;
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
