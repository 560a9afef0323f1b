import type { BrowserWindow } from 'electron';

const PERIOD_MS = 50;
const PROBE = `[...document.querySelectorAll('video[data-frames]')].some((video) => Number(video.dataset.frames) > 0)`;

/** Says on standard output when the window and the first live picture are on screen, for demo and benchmarks. */
export function reportFirstPicture(window: BrowserWindow): void {
  window.once('show', () => process.stdout.write('window shown\n'));
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
