import type { DetectionResult, OverlaySettings } from '../../../contract';
import type { Role } from '../../data/StreamStore';
import type { Zoom } from '../live/tile/zoom';
import { pictureRect, zoomedRect } from './geometry';
import { paint } from './paint';
import { PictureClock } from './pictureClock';
import { REMOVED_AFTER_MS, ResultBook } from './resultBook';
import { ResultClock } from './resultClock';
import type { Shape } from './shapes';
import { shapesOf } from './shapes';

/** How it looks: what the tile shows, its zoom and the user's settings. */
export interface OverlayView {
  readonly stream: Role;
  readonly zoom: Zoom;
  readonly settings: OverlaySettings;
}

/**
 * Draws the detections of one camera over its video: for each picture that is presented, those of its own frame.
 * Reads the video element and never changes it (INV-90); a failure costs a drawing, nothing else (INV-88).
 */
export class OverlayLayer {
  readonly #clock = new PictureClock();
  readonly #results = new ResultClock();
  readonly #book = new ResultBook();
  readonly #resize = new ResizeObserver(() => this.#draw());
  #view: OverlayView;
  #pictureMs: number | null = null;
  #frame = 0;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly video: HTMLVideoElement,
    view: OverlayView,
  ) {
    this.#view = view;
    this.#resize.observe(canvas);
    this.#listen();
  }

  take(result: DetectionResult): void {
    const { model_id: modelId, detections } = result;
    const frameMs = this.#frameTime(result);
    if (frameMs !== null) this.#book.add({ modelId, frameMs, takenMs: performance.now(), detections });
  }

  look(view: OverlayView): void {
    this.#view = view;
    this.#draw();
  }

  dispose(): void {
    this.video.cancelVideoFrameCallback(this.#frame);
    clearTimeout(this.#forget);
    this.#resize.disconnect();
    this.#book.clear();
  }

  /** Of the very picture by its RTP time stamp where the tile shows the stream that was looked at; else by arrival. */
  #frameTime(result: DetectionResult): number | null {
    const { rtp } = result.frame;
    if (rtp !== null && rtp.stream === this.#view.stream) return this.#clock.ofStamp(rtp.timestamp);
    return this.#clock.ofArrival(this.#results.wallOf(result, Date.now(), this.#clock.intervalMs));
  }

  #listen(): void {
    this.#frame = this.video.requestVideoFrameCallback((now, { receiveTime, rtpTimestamp }) => {
      this.#pictureMs = this.#clock.show({ receiveTime, rtpTimestamp }, now, wallAt(now));
      this.#draw();
      // Without new pictures nothing would be drawn anew, and old boxes would stay.
      clearTimeout(this.#forget);
      this.#forget = setTimeout(() => {
        this.#pictureMs = null;
        this.#draw();
      }, REMOVED_AFTER_MS);
      this.#listen();
    });
  }

  #draw(): void {
    try {
      this.#drawShapes();
    } catch {
      // INV-88: nothing is shown to the user; the next picture is drawn anew.
    }
  }

  #drawShapes(): void {
    const { canvas, video } = this;
    const pixels = window.devicePixelRatio;
    const area = { width: canvas.clientWidth, height: canvas.clientHeight };
    const [width, height] = [Math.round(area.width * pixels), Math.round(area.height * pixels)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    const rect = pictureRect(area, { width: video.videoWidth, height: video.videoHeight });
    const shapes = this.#shapes();
    if (rect === null || shapes.length === 0) return;
    pen.setTransform(pixels, 0, 0, pixels, 0, 0);
    paint(pen, shapes, zoomedRect(rect, area, this.#view.zoom), area, this.#view.settings);
  }

  #shapes(): Shape[] {
    const at = this.#pictureMs;
    if (at === null) return [];
    return shapesOf(this.#book.at(at, performance.now()), this.#view.settings);
  }
}

/** The wall clock of a `performance.now()`, milliseconds. */
function wallAt(monotonic: number): number {
  return Date.now() - (performance.now() - monotonic);
}
