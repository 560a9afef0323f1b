import { decodePicture } from '../../scripts/cameras/codedPicture';
import type { RunningApp } from '../app';
import { middleOf, STEP } from './counterModel';

/** One picture on screen with the box that was drawn over it. */
export interface FrameWithBox {
  /** What the picture says of itself. */
  readonly number: number;
  /** Middle of the box, share of the picture's width; null: no box. */
  readonly middle: number | null;
  /** By how many pictures the box is of another one; positive: of a later one. Null without a box. */
  readonly off: number | null;
}

interface Raw {
  readonly squares: number[];
  readonly middle: number | null;
}

/** Reads the code of each picture that a tile presents, and in the same turn of the page the box over it. */
export async function framesWithBoxes(
  app: RunningApp,
  cameraId: string,
  milliseconds: number,
): Promise<FrameWithBox[]> {
  const raw = await app.page.evaluate(
    ([id, span]) =>
      new Promise<Raw[]>((resolve) => {
        const tile = document.querySelector(`[data-testid^="tile-"][data-camera-id="${id}"]`);
        const video = tile?.querySelector<HTMLVideoElement>('video[data-testid="video"]');
        const overlay = tile?.querySelector<HTMLCanvasElement>('canvas[data-testid="overlay"]');
        const code = new OffscreenCanvas(32, 2).getContext('2d', { willReadFrequently: true });
        if (!video || !overlay || !code) throw new Error('there is no picture with an overlay');
        code.imageSmoothingEnabled = false;
        const seen: Raw[] = [];
        const readBox = (): number | null => {
          const { width, height } = overlay;
          const { data } = overlay.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
          let [left, right] = [width, -1];
          for (let index = 0; index < width * height; index++) {
            if ((data[index * 4 + 3] ?? 0) < 128) continue;
            left = Math.min(left, index % width);
            right = Math.max(right, index % width);
          }
          if (right < 0) return null;
          // Letterboxed as object-fit: contain does it.
          const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
          const shown = video.videoWidth * scale;
          return ((left + right + 1) / 2 - (width - shown) / 2) / shown;
        };
        const until = performance.now() + span;
        const next = () =>
          video.requestVideoFrameCallback(() => {
            code.drawImage(video, 0, 0, video.videoWidth, video.videoWidth / 16, 0, 0, 32, 2);
            const { data } = code.getImageData(0, 0, 32, 2);
            const squares = Array.from({ length: 64 }, (_, index) => data[index * 4 + 1] ?? 0);
            // After all callbacks for this picture, before anything is painted.
            requestAnimationFrame(() => {
              seen.push({ squares, middle: readBox() });
              if (performance.now() < until) next();
              else resolve(seen);
            });
          });
        next();
      }),
    [cameraId, milliseconds] as const,
  );
  return raw.flatMap(({ squares, middle }) => {
    const picture = decodePicture(squares);
    if (picture === null) return [];
    const { number } = picture;
    const forward = middleOf(number + 1) > middleOf(number) ? 1 : -1;
    const off = middle === null ? null : ((middle - middleOf(number)) / STEP) * forward;
    return [{ number, middle, off }];
  });
}
