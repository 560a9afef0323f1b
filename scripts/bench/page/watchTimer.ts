import { ClockReader } from './clockReader';

/** What happened after the key that opened the live screen. Times: system wall clock, milliseconds. */
export interface WatchTimes {
  readonly keyAtMs: number;
  /** A frame with the last picture and its time mark was painted; null when there was none. */
  readonly posterAtMs: number | null;
  /** Pixels of the first live picture were read. */
  readonly pictureAtMs: number;
  /** When the camera made that picture, and its number. */
  readonly madeAtMs: number;
  readonly number: number;
}

const POSTER = '[data-testid="poster"]';
const POSTER_TIME = '.tile-poster-time';
const VIDEO = '[data-testid^="tile-"] video[data-testid="video"]';

/** Times the way from a key stroke to the pictures of a tile. Runs inside the page of the application. */
export class WatchTimer {
  readonly #reader = new ClockReader();
  #result: Promise<WatchTimes> | null = null;

  /** Starts with the next key stroke. The live screen must not be open. */
  arm(): void {
    if (document.querySelector(VIDEO) !== null) throw new Error('a tile is open already');
    const key = new Promise<number>((resolve) =>
      window.addEventListener('keydown', (event) => event.key === '1' && resolve(wall(event.timeStamp)), {
        capture: true,
      }),
    );
    const poster = whenPresent(POSTER).then(async (canvas) => {
      if (document.querySelector(POSTER_TIME)?.textContent === '' || !hasPicture(canvas as HTMLCanvasElement))
        throw new Error('the last picture is empty or not marked');
      // The frame that holds it is on its way once the next one begins.
      await nextFrame();
      await nextFrame();
      return wall(performance.now());
    });
    const picture = whenPresent(VIDEO).then((video) => this.#firstPicture(video as HTMLVideoElement));
    this.#result = Promise.all([key, picture]).then(async ([keyAtMs, seen]) => ({
      keyAtMs,
      posterAtMs: await Promise.race([poster, Promise.resolve(null)]),
      pictureAtMs: seen.readAtMs,
      madeAtMs: seen.madeAtMs,
      number: seen.number,
    }));
  }

  result(): Promise<WatchTimes> {
    return this.#result ?? Promise.reject(new Error('arm first'));
  }

  #firstPicture(video: HTMLVideoElement) {
    return new Promise<{ readAtMs: number; madeAtMs: number; number: number }>((resolve) => {
      const next = () =>
        video.requestVideoFrameCallback((_now, metadata) => {
          const seen = this.#reader.read(video, metadata);
          if (seen) resolve(seen);
          else next();
        });
      next();
    });
  }
}

/** The system's wall clock at a time of the page's clock. */
function wall(atMs: number): number {
  return Date.now() - (performance.now() - atMs);
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function whenPresent(selector: string): Promise<Element> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const found = document.querySelector(selector);
      if (!found) return;
      observer.disconnect();
      resolve(found);
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

/** Not one colour only. */
function hasPicture(canvas: HTMLCanvasElement): boolean {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, 1) ?? { data: [] as number[] };
  return new Set(data).size > 4;
}

(globalThis as unknown as { vasBenchWatch: WatchTimer }).vasBenchWatch = new WatchTimer();
