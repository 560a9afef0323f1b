import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { until } from './wait';

export type TileState =
  'connecting' | 'live' | 'stalled' | 'reconnecting' | 'silent' | 'offline' | 'stopped' | 'empty';

/** A tile of the live screen that shows a camera, read as a user sees it. */
export class Tile {
  readonly root: Locator;
  readonly video: Locator;
  readonly #element: Locator;

  constructor(
    readonly page: Page,
    cameraId: string,
  ) {
    this.root = page.locator(`[data-testid^="tile-"][data-camera-id="${cameraId}"]`).first();
    this.video = this.root.getByTestId('video');
    // While one stream gives way to another there are two elements for a moment: this is the visible one.
    this.#element = this.root.locator('video[data-testid="video"]');
  }

  async state(): Promise<TileState | null> {
    if ((await this.root.count()) === 0) return null;
    return (await this.root.getAttribute('data-state', { timeout: 5_000 })) as TileState | null;
  }

  /** Waits for a state and returns the milliseconds it took. */
  async whenState(wanted: TileState | readonly TileState[], timeoutMs = 30_000): Promise<number> {
    const accepted = typeof wanted === 'string' ? [wanted] : wanted;
    const start = performance.now();
    let last: TileState | null = null;
    await until(
      `the tile is ${accepted.join(' or ')} (last seen: ${String(last)})`,
      async () => accepted.includes((last = await this.state()) ?? 'empty') && last !== null,
      { timeoutMs },
    ).catch((error: unknown) => {
      throw new Error(`the tile stayed ${String(last)}, expected ${accepted.join(' or ')}`, { cause: error });
    });
    return performance.now() - start;
  }

  /** Pictures presented so far, as the tile counts them. */
  async frames(): Promise<number> {
    return Number((await this.video.getAttribute('data-frames', { timeout: 5_000 })) ?? '0');
  }

  /** Waits until `count` more pictures were presented. */
  async whenMoreFrames(count: number, timeoutMs = 20_000): Promise<void> {
    const from = await this.frames();
    await until(
      `${String(count)} more pictures`,
      async () => {
        const now = await this.frames();
        // A new video element starts at zero again.
        return now >= from + count || (now < from && now >= count);
      },
      { timeoutMs },
    );
  }

  /** Size of the picture that is shown, in pixels of the camera. */
  videoSize(): Promise<{ width: number; height: number }> {
    return this.#element.evaluate((video: HTMLVideoElement) => ({
      width: video.videoWidth,
      height: video.videoHeight,
    }));
  }

  /** Waits until two looks at the picture differ: it moves and is not one colour. */
  async whenPixelsChange(timeoutMs = 20_000): Promise<void> {
    const first = await this.#pixels();
    await until(
      'the pixels change',
      async () => {
        const second = await this.#pixels();
        const differing = second.filter((value, index) => Math.abs(value - (first[index] ?? 0)) > 8).length;
        // The test picture is a small moving ball.
        return new Set(second).size > 2 && differing >= 10;
      },
      { timeoutMs, everyMs: 200 },
    );
  }

  /** The picture drawn small: red, green and blue of 64 x 36 points. */
  #pixels(): Promise<number[]> {
    return this.#element.evaluate((video: HTMLVideoElement) => {
      if (video.videoWidth === 0) return [];
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 36;
      const context = canvas.getContext('2d');
      if (!context) return [];
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return [...data].filter((_value, index) => index % 4 !== 3);
    });
  }

  /** Whether the badge of a converted picture is there. */
  get convertedBadge(): Locator {
    return this.root.getByTestId('converted-badge');
  }

  /** Why the picture is converted, as the badge explains it when it is pressed. */
  async whyConverted(): Promise<string> {
    await this.convertedBadge.click();
    const explanation = this.page.getByRole('dialog');
    const text = await explanation.innerText();
    await this.page.keyboard.press('Escape');
    await expect(explanation).toBeHidden();
    return text;
  }
}
