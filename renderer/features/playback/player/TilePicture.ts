import type { KeyPicture } from './decodeKeys';

/** Where a tile shows something: its video, or the canvas that covers it with a key frame. */
export class TilePicture {
  readonly video: HTMLVideoElement;
  readonly #canvas: HTMLCanvasElement;
  /** Of the key frame on the canvas, milliseconds since the epoch. */
  #drawn: number | null = null;

  constructor(video: HTMLVideoElement, canvas: HTMLCanvasElement) {
    this.video = video;
    this.#canvas = canvas;
  }

  /** A key frame is shown instead of the video. */
  get isKey(): boolean {
    return this.#drawn !== null;
  }

  /** Pixels of the screen across; that of the video, because the canvas has none while it is hidden. */
  get width(): number {
    return this.video.clientWidth * devicePixelRatio;
  }

  showKey({ at, picture }: KeyPicture): void {
    if (this.#drawn === at) return;
    this.#drawn = at;
    this.#canvas.width = picture.width;
    this.#canvas.height = picture.height;
    this.#canvas.getContext('2d')?.drawImage(picture, 0, 0);
    this.#canvas.dataset['at'] = String(at);
    this.#canvas.hidden = false;
  }

  /** @param at what the video shows, milliseconds since the epoch */
  showVideo(at: number): void {
    this.#drawn = null;
    this.#canvas.hidden = true;
    this.video.dataset['at'] = String(Math.round(at));
  }

  /** Nothing moves, and nothing covers the video. */
  rest(): void {
    if (!this.video.paused) this.video.pause();
    this.#canvas.hidden = true;
    this.#drawn = null;
  }

  /** What is on the canvas stays there, but the next key frame is drawn whatever it is. */
  forget(): void {
    this.#drawn = null;
  }
}
