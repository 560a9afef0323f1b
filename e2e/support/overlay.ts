import type { RunningApp } from '../app';
import type { Tile } from './tile';
import { until } from './wait';

/** What is drawn over a picture: how many pixels, their bounds in shares of the picture, and a fingerprint. */
export interface Drawn {
  readonly pixels: number;
  /** x1, y1, x2, y2 of everything that is drawn; null without anything. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** Red, green and blue of the topmost drawn pixel at the left. */
  readonly colours: readonly string[];
  readonly print: number;
}

/** Reads the canvas over a tile's picture; null when there is none. */
export async function drawnOver(tile: Tile): Promise<Drawn | null> {
  const canvas = tile.root.getByTestId('overlay');
  if ((await canvas.count()) === 0) return null;
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext('2d');
    const { width, height } = element;
    if (context === null || width === 0) return { pixels: 0, bounds: null, colours: [], print: 0 };
    const { data } = context.getImageData(0, 0, width, height);
    let [pixels, print] = [0, 0];
    let [x1, y1, x2, y2] = [width, height, 0, 0];
    const counts = new Map<string, number>();
    for (let index = 0; index < width * height; index++) {
      if ((data[index * 4 + 3] ?? 0) === 0) continue;
      const [x, y] = [index % width, Math.floor(index / width)];
      pixels++;
      print = (print * 31 + index) % 1_000_003;
      [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x), Math.max(y2, y)];
      if (data[index * 4 + 3] !== 255) continue;
      const colour = [0, 1, 2].map((part) => data[index * 4 + part]).join(',');
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const colours = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
    return {
      ...{ pixels, print, colours: colours.map(([colour]) => colour) },
      bounds:
        pixels === 0
          ? null
          : ([x1 / width, y1 / height, x2 / width, y2 / height] as [number, number, number, number]),
    };
  });
}

/** Waits until boxes are drawn over a tile's picture. @returns milliseconds it took */
export async function whenDrawn(tile: Tile, timeoutMs = 60_000): Promise<number> {
  const start = performance.now();
  await until(
    'something is drawn over the picture',
    async () => ((await drawnOver(tile))?.pixels ?? 0) > 200,
    {
      timeoutMs,
    },
  );
  return performance.now() - start;
}

/** Counts, in the main process, the running subscriptions of a channel from now on. */
export async function countSubscriptions(app: RunningApp, channel: string): Promise<() => Promise<number>> {
  await app.electronApp.evaluate(({ ipcMain }, wanted) => {
    const open = new Set<unknown>();
    Object.assign(globalThis, { vasTestOpen: open });
    ipcMain.on('vas:subscribe', (_event, id: unknown, name: unknown) => {
      if (name === wanted) open.add(id);
    });
    ipcMain.on('vas:unsubscribe', (_event, id: unknown) => open.delete(id));
  }, channel);
  return () =>
    app.electronApp.evaluate(() => (globalThis as unknown as { vasTestOpen: Set<unknown> }).vasTestOpen.size);
}
