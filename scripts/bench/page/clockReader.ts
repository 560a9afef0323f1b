import type { CodedPicture } from '../../cameras/codedPicture';
import { CODE_COLUMNS, CODE_ROWS, decodePicture } from '../../cameras/codedPicture';

/** One picture as the page saw it. All times: system wall clock, milliseconds since the Unix epoch. */
export interface SeenPicture extends CodedPicture {
  /** Its pixels were read. */
  readonly readAtMs: number;
  /** Its last packet arrived in the page's network thread; null where the browser does not say. */
  readonly receivedAtMs: number | null;
  /** It was handed to the compositor. */
  readonly presentedAtMs: number;
}

/** Reads the burnt-in clock of a video from its pixels. Runs inside the page of the application. */
export class ClockReader {
  #seen: SeenPicture[] = [];
  #unreadable = 0;
  #stop: (() => void) | null = null;
  readonly #context: CanvasRenderingContext2D;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = CODE_COLUMNS;
    canvas.height = CODE_ROWS;
    // In main memory: reading back from a GPU would be measured, too.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    context.imageSmoothingEnabled = false;
    this.#context = context;
  }

  /** Reads every picture of this video from now on. */
  follow(video: HTMLVideoElement): void {
    this.#stop?.();
    let running = true;
    this.#stop = () => (running = false);
    const next = () =>
      video.requestVideoFrameCallback((_now, metadata) => {
        if (!running) return;
        const picture = this.read(video, metadata);
        if (picture) this.#seen.push(picture);
        else this.#unreadable++;
        next();
      });
    next();
  }

  /** What was seen since the last call. */
  take(): { seen: SeenPicture[]; unreadable: number } {
    const taken = { seen: this.#seen, unreadable: this.#unreadable };
    this.#seen = [];
    this.#unreadable = 0;
    return taken;
  }

  stop(): void {
    this.#stop?.();
  }

  /** The picture that the video shows now. */
  read(video: HTMLVideoElement, metadata: VideoFrameCallbackMetadata): SeenPicture | null {
    const { videoWidth: width } = video;
    const codeHeight = (width / CODE_COLUMNS) * CODE_ROWS;
    this.#context.drawImage(video, 0, 0, width, codeHeight, 0, 0, CODE_COLUMNS, CODE_ROWS);
    const { data } = this.#context.getImageData(0, 0, CODE_COLUMNS, CODE_ROWS);
    const green = Array.from({ length: CODE_COLUMNS * CODE_ROWS }, (_, index) => data[index * 4 + 1] ?? 0);
    const readAtMs = Date.now();
    // The page's own clock against the system's, now: its origin may be old.
    const origin = readAtMs - performance.now();
    const coded = decodePicture(green);
    return (
      coded && {
        ...coded,
        readAtMs,
        receivedAtMs: metadata.receiveTime === undefined ? null : origin + metadata.receiveTime,
        presentedAtMs: origin + metadata.presentationTime,
      }
    );
  }
}

(globalThis as unknown as { vasBenchClock: ClockReader }).vasBenchClock = new ClockReader();
