import type { BrowserWindow } from 'electron';

const PERIOD_MS = 50;
const PROBE = `[...document.querySelectorAll('video[data-frames]')].some((video) => Number(video.dataset.frames) > 0)`;

/** Says on standard output when the first live picture is on screen; the demo and the benchmarks wait for it. */
export function reportFirstPicture(window: BrowserWindow): void {
  const timer = setInterval(() => {
    if (window.isDestroyed()) clearInterval(timer);
    else if (!window.webContents.isLoading())
      window.webContents.executeJavaScript(PROBE, true).then(
        (shown: unknown) => {
          if (shown !== true) return;
          clearInterval(timer);
          process.stdout.write('first live picture\n');
        },
        () => undefined,
      );
  }, PERIOD_MS);
  window.on('closed', () => clearInterval(timer));
}
