import type { Role } from '../../../data/StreamStore';
import { streamKey } from '../../../data/StreamStore';

export interface LastPicture {
  readonly canvas: HTMLCanvasElement;
  /** Wall clock of the picture, milliseconds since the epoch. */
  readonly at: number;
}

/** Enough to recognise the scene behind a message; 0.9 MB each. */
const WIDTH = 640;
/** 64 cameras of the largest workstation. */
const LIMIT = 64;

/** The newest picture of each stream that a tile has shown, in memory only. */
export class LastPictures {
  readonly #pictures = new Map<string, LastPicture>();
  readonly #listeners = new Set<() => void>();

  /** Keeps what the element shows now. @returns whether it showed anything */
  capture(cameraId: string, role: Role, video: HTMLVideoElement, at: number): boolean {
    if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
    const key = streamKey(cameraId, role);
    const canvas = this.#pictures.get(key)?.canvas ?? document.createElement('canvas');
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    // Put back at the end: the first key is the one that was used longest ago.
    this.#pictures.delete(key);
    this.#pictures.set(key, { canvas, at });
    const oldest = this.#pictures.keys().next().value;
    if (this.#pictures.size > LIMIT && oldest !== undefined) this.#pictures.delete(oldest);
    for (const listener of this.#listeners) listener();
    return true;
  }

  /** The newest picture of the camera, whichever of its streams it is from; a new object for each picture. */
  newest(cameraId: string): LastPicture | null {
    const main = this.#pictures.get(streamKey(cameraId, 'main'));
    const sub = this.#pictures.get(streamKey(cameraId, 'sub'));
    if (main === undefined || sub === undefined) return main ?? sub ?? null;
    return sub.at > main.at ? sub : main;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Of this window. */
export const lastPictures = new LastPictures();
