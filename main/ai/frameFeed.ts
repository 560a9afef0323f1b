import type { Disposable } from '../base/disposable';
import type { FrameFeed, FrameReference } from '../core/frames';
import type { ExportedFrame, FrameExport, FrameSubscription } from '../kernel/frames/frameExport';

/** The kernel's frame export as the core sees it: references, and how many are wanted. */
export class ExportedFrameFeed implements FrameFeed, Disposable {
  readonly #frames: FrameExport;
  readonly #wanted = new Map<
    string,
    { stream: 'main' | 'sub'; fps: number; subscription: FrameSubscription }
  >();

  constructor(frames: FrameExport) {
    this.#frames = frames;
  }

  onFrame(cameraId: string, listener: (frame: FrameReference) => void): () => void {
    const listening = this.#frames.onFrame(cameraId, (frame) => listener(this.#reference(frame)));
    return () => void listening.dispose();
  }

  setDemand(cameraId: string, fps: number | null, stream: 'main' | 'sub' = 'sub'): void {
    const known = this.#wanted.get(cameraId);
    if (known !== undefined && (fps === null || known.stream !== stream)) {
      this.#wanted.delete(cameraId);
      known.subscription.dispose();
    }
    if (fps === null) return;
    const kept = this.#wanted.get(cameraId);
    if (kept === undefined)
      this.#wanted.set(cameraId, {
        ...{ fps, stream },
        subscription: this.#frames.subscribeFrames(cameraId, { fps, stream }),
      });
    else if (kept.fps !== fps) {
      kept.subscription.setFps(fps);
      kept.fps = fps;
    }
  }

  dispose(): void {
    for (const { subscription } of this.#wanted.values()) subscription.dispose();
    this.#wanted.clear();
  }

  #reference(frame: ExportedFrame): FrameReference {
    const status = this.#frames.status(frame.cameraId);
    const fps = status?.fps ?? null;
    return {
      cameraId: frame.cameraId,
      ...(status ? { stream: status.stream } : {}),
      path: frame.path,
      frameId: frame.frameId,
      epoch: frame.epoch,
      ptsUs: frame.ptsUs,
      wallUs: frame.wallUs,
      monotonicUs: Number(frame.monotonicNs / 1000n),
      width: frame.width,
      height: frame.height,
      motion: frame.motion,
      frameDurationUs: fps === null || fps <= 0 ? null : Math.round(1e6 / fps),
    };
  }
}
