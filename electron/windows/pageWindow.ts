import { BrowserWindow } from 'electron';
import type { Logger } from '../../main/base/logger';
import { APP_ORIGIN } from '../protocols/app';
import { logPageErrors } from './pageLog';
import type { Rectangle } from './placement';

/** A page that crashes again and again is left alone after this many reloads in a minute. */
const RELOADS_PER_MINUTE = 5;

export interface PageWindowOptions {
  readonly preload: string;
  readonly icon?: string | undefined;
  readonly log: Logger;
  readonly bounds: Rectangle;
  readonly minimum: { readonly width: number; readonly height: number };
  /** Tells the page which window it is in. */
  readonly query: Readonly<Record<string, string>>;
  /** Before it is shown. */
  readonly onReady: () => void;
}

/** A window with our page; it appears when its first frame is painted. */
export function openPageWindow(options: PageWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...options.bounds,
    minWidth: options.minimum.width,
    minHeight: options.minimum.height,
    show: false,
    title: 'VAS Workstation',
    backgroundColor: '#11151a',
    autoHideMenuBar: true,
    ...(options.icon === undefined ? {} : { icon: options.icon }),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // A wall that another window covers must still notice a frozen tile.
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => {
    options.onReady();
    window.show();
  });

  logPageErrors(window.webContents, options.log);

  const reloads: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    options.log.error({ reason: details.reason, exitCode: details.exitCode }, 'page process ended');
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    while (reloads.length > 0 && (reloads[0] ?? 0) < now - 60_000) reloads.shift();
    if (reloads.length >= RELOADS_PER_MINUTE) return;
    reloads.push(now);
    window.webContents.reload();
  });
  const query = new URLSearchParams(options.query).toString();
  void window.loadURL(`${APP_ORIGIN}/index.html${query === '' ? '' : `?${query}`}`);
  return window;
}
