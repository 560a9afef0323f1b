import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { decodePicture } from '../../scripts/cameras/codedPicture';
import { archivePath } from '../../main/kernel/recording/layout';
import type { RunningApp } from '../app';

/** What a tile of the Playback screen shows: its burnt-in clock, milliseconds; null where it cannot be read. */
export interface SeenTile {
  readonly cameraId: string;
  readonly madeAtMs: number | null;
  readonly number: number | null;
}

export interface SeenTiles {
  /** The clock of the screen. */
  readonly positionMs: number;
  readonly tiles: readonly SeenTile[];
}

/** Reads the burnt-in clocks of all tiles at the same moment, `count` times. */
export async function readClocks(page: Page, count = 1, everyMs = 100): Promise<SeenTiles[]> {
  const raw = await page.evaluate(
    async ([times, pause]) => {
      const canvas = document.createElement('canvas');
      canvas.width = 32;
      canvas.height = 2;
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (!pen) throw new Error('no canvas');
      pen.imageSmoothingEnabled = false;
      const code = (source: HTMLVideoElement | HTMLCanvasElement, width: number): number[] => {
        pen.drawImage(source, 0, 0, width, (width / 32) * 2, 0, 0, 32, 2);
        const { data } = pen.getImageData(0, 0, 32, 2);
        return Array.from({ length: 64 }, (_none, index) => data[index * 4 + 1] ?? 0);
      };
      const seen = [];
      for (let time = 0; time < times; time++) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        await new Promise(requestAnimationFrame);
        const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid="playback-tile"]')].map(
          (tile) => {
            const keys = tile.querySelector<HTMLCanvasElement>('canvas.playback-keys');
            const video = tile.querySelector('video');
            const isKeys = keys !== null && !keys.hidden;
            const squares = isKeys
              ? code(keys, keys.width)
              : video !== null && video.readyState >= 2
                ? code(video, video.videoWidth)
                : null;
            return { cameraId: tile.dataset['cameraId'] ?? '', state: tile.dataset['state'], squares };
          },
        );
        const at = document.querySelector<HTMLElement>('[data-testid="playback-position"]')?.dataset['at'];
        seen.push({ positionMs: Number(at), tiles });
      }
      return seen;
    },
    [count, everyMs] as const,
  );
  return raw.map(({ positionMs, tiles }) => ({
    positionMs,
    tiles: tiles.map(({ cameraId, state, squares }) => {
      const picture = squares === null || state !== 'picture' ? null : decodePicture(squares);
      return { cameraId, madeAtMs: picture?.madeAtMs ?? null, number: picture?.number ?? null };
    }),
  }));
}

/** Largest difference between the tiles of one moment, milliseconds; null when one of them cannot be read. */
export function spreadOf({ tiles }: SeenTiles): number | null {
  const times = tiles.map(({ madeAtMs }) => madeAtMs);
  if (times.length === 0 || times.includes(null)) return null;
  return Math.max(...(times as number[])) - Math.min(...(times as number[]));
}

export interface RowSetup {
  readonly cameraId: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Puts rows without files into the index of a running application: for looking at time lines only. */
export function fillSegments(app: RunningApp, spans: readonly RowSetup[]): number {
  const db = new Database(path.join(app.dataDir, 'vas.db'), { timeout: 20_000 });
  let count = 0;
  try {
    const add = db.prepare(
      `INSERT INTO segments (id, camera_id, run_id, path, start_us, end_us, video_codec, width, height, bytes)
       VALUES (?, ?, 'seed', ?, ?, ?, 'h264', 1920, 1080, 30000000)`,
    );
    db.transaction(() => {
      for (const { cameraId, from, to } of spans)
        for (let at = from; at < to; at += 60_000) {
          const id = `00000000-0000-4000-9000-${(++count).toString(16).padStart(12, '0')}`;
          const end = Math.min(to, at + 60_000);
          add.run(id, cameraId, archivePath(cameraId, at * 1000, crypto.randomUUID()), at * 1000, end * 1000);
        }
    })();
  } finally {
    db.close();
  }
  return count;
}
