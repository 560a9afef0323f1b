import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Device } from '../../contract';
import { NAMES, RULER } from '../../renderer/features/playback/timeline/paint';
import { readClocks } from './playback';
import { until } from './wait';

/** Colours of the time line that a test looks for, by what they mean. */
const MARKS = ['row', 'recorded', 'sparse', 'motion', 'event', 'bookmark', 'lock'] as const;
export type SeenMark = (typeof MARKS)[number];

/** The Playback screen, driven as a user drives it. Times are milliseconds since the epoch. */
export class PlaybackPage {
  readonly timeline: Locator;
  readonly rate: Locator;

  constructor(private readonly page: Page) {
    this.timeline = page.getByTestId('timeline');
    this.rate = page.getByTestId('playback-rate');
  }

  tile({ id }: Pick<Device, 'id'>): Locator {
    return this.page.locator(`[data-testid="playback-tile"][data-camera-id="${id}"]`);
  }

  async position(): Promise<number> {
    return Number(await this.page.getByTestId('playback-position').getAttribute('data-at'));
  }

  async view(): Promise<{ from: number; to: number }> {
    const at = async (name: string) => Number(await this.timeline.getAttribute(name));
    return { from: await at('aria-valuemin'), to: await at('aria-valuemax') };
  }

  /** Where a moment is on screen. @param part of the height of the rows */
  async pointAt(at: number, part = 0.5): Promise<{ x: number; y: number }> {
    const box = await this.timeline.boundingBox();
    if (box === null) throw new Error('no time line');
    const { from, to } = await this.view();
    const x = box.x + NAMES + ((at - from) / (to - from)) * (box.width - NAMES);
    return { x, y: box.y + RULER + (box.height - RULER) * part };
  }

  async typeMoment(at: number): Promise<void> {
    const date = new Date(at);
    const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
    const day = `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
    await this.page.getByTestId('playback-goto').fill(`${day} ${time}`);
    await this.page.getByTestId('playback-goto').press('Enter');
    await this.timeline.focus();
  }

  async goTo(at: number): Promise<void> {
    await this.typeMoment(at);
    await expect.poll(async () => Math.abs((await this.position()) - at)).toBeLessThan(200);
  }

  /** Turns the wheel over the time line until it shows about this long, around a moment. */
  async zoomTo(length: number, at: number): Promise<void> {
    const before = await this.view();
    const isShown = at > before.from && at < before.to;
    const { x, y } = await this.pointAt(isShown ? at : (before.from + before.to) / 2);
    await this.page.mouse.move(x, y);
    await until(`a view of ${String(length)} ms`, async () => {
      const now = await this.view();
      const ratio = length / (now.to - now.from);
      if (ratio > 0.8 && ratio < 1.25) return true;
      // As the wheel goes: 1.25 for each notch of 100.
      const notches = Math.max(-300, Math.min(300, (100 * Math.log(ratio)) / Math.log(1.25)));
      await this.page.mouse.wheel(0, notches);
      return false;
    });
  }

  /** Until a camera with a burnt-in clock shows a picture made near a moment. */
  shows(camera: Pick<Device, 'id'>, at: number, within: number): Promise<unknown> {
    return until(`the picture of ${new Date(at).toISOString()}`, async () => {
      const [seen] = await readClocks(this.page, 1, 30);
      const made = seen?.tiles.find(({ cameraId }) => cameraId === camera.id)?.madeAtMs ?? null;
      return made !== null && Math.abs(made - at) <= within;
    });
  }

  /** What the pixels of the time line say about a moment, a few pixels to either side. */
  async marksAt(at: number): Promise<readonly SeenMark[]> {
    const { x } = await this.pointAt(at);
    const { from, to } = await this.view();
    if (at <= from || at >= to)
      throw new Error(
        `${new Date(at).toISOString()} is not shown: ${[from, to].map((one) => new Date(one).toISOString()).join(' to ')}`,
      );
    return this.page.evaluate(
      ([left, ruler, names]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('.playback-timeline-canvas');
        const pen = canvas?.getContext('2d');
        const box = canvas?.getBoundingClientRect();
        const probe = document.createElement('canvas').getContext('2d');
        if (!canvas || !pen || !box || !probe) throw new Error('no time line');
        const style = getComputedStyle(canvas);
        const known = new Map(
          names.map((name) => {
            probe.fillStyle = style.getPropertyValue(`--timeline-${name}`).trim();
            probe.fillRect(0, 0, 1, 1);
            return [[...probe.getImageData(0, 0, 1, 1).data].slice(0, 3).join(), name];
          }),
        );
        const ratio = canvas.width / box.width;
        const { data } = pen.getImageData(
          Math.round((left - box.left - 4) * ratio),
          Math.round(ruler * ratio),
          Math.round(9 * ratio),
          Math.round((box.height - ruler) * ratio),
        );
        const seen = new Set<(typeof names)[number]>();
        for (let byte = 0; byte < data.length; byte += 4) {
          const name = known.get([data[byte], data[byte + 1], data[byte + 2]].join());
          if (name !== undefined) seen.add(name);
        }
        return [...seen];
      },
      [x, RULER, MARKS] as const,
    );
  }
}
