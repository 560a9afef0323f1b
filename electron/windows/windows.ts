import { randomUUID } from 'node:crypto';
import type { BrowserWindow, Display } from 'electron';
import { app, screen, webContents, BrowserWindow as Window } from 'electron';
import type { RequestOf, ResponseOf } from '../../contract';
import type { WindowsPort } from '../../main/api/windowsPort';
import { Emitter } from '../../main/base/emitter';
import { VasError } from '../../main/base/errors';
import type { Logger } from '../../main/base/logger';
import { openPageWindow } from './pageWindow';
import type { KeptPlace, Monitor } from './placement';
import { homeOf, placeWindow } from './placement';
import type { KeptWall } from './windowFile';
import { WindowFile } from './windowFile';

const MAIN = { usual: { width: 1280, height: 800 }, minimum: { width: 960, height: 600 } };
const WALL = { usual: { width: 1280, height: 800 }, minimum: { width: 480, height: 320 } };
const MOST_WALLS = 8;
/** How long a window lies still before its place is kept, milliseconds. */
const KEEP_AFTER_MS = 500;

interface Open {
  readonly window: BrowserWindow;
  readonly layoutId: string | null;
  /** Where it belongs; kept while its monitor is away. */
  place: KeptPlace | null;
  /** Shown, so that its state is the user's. */
  isReady: boolean;
  /** Its monitor is away: where it was put meanwhile. */
  guest: { readonly x: number; readonly y: number } | null;
}

export interface WindowsOptions {
  /** Where the places are kept. */
  readonly file: string;
  readonly preload: string;
  readonly icon?: string;
  readonly log: Logger;
  /** Brings the main window to the front, or opens it. */
  readonly showMain: () => void;
}

/** Every window of the application: where it is, that it comes back there, and what is open. */
export class Windows implements WindowsPort {
  readonly #options: WindowsOptions;
  readonly #file: WindowFile;
  /** By id; `main` is one of them while it is open. */
  readonly #open = new Map<string, Open>();
  readonly #changes = new Emitter<void>();
  readonly #requests = new Emitter<ResponseOf<'windows.requests'>>();
  #mainPlace: KeptPlace | null;
  /** Windows of the last time that open beside the main one. */
  #waiting: readonly KeptWall[];
  #requestNumber = 0;
  #keeping: NodeJS.Timeout | null = null;
  #quitting = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#file = new WindowFile(options.file, options.log);
    const kept = this.#file.read();
    this.#mainPlace = kept.main;
    this.#waiting = kept.walls.slice(0, MOST_WALLS);
    app.on('before-quit', () => {
      this.#keep();
      this.#quitting = true;
    });
    screen.on('display-added', () => this.#settle());
    screen.on('display-removed', () => this.#settle());
    screen.on('display-metrics-changed', () => this.#settle());
  }

  /** Opens the main window and, the first time, the others that were open when the application ended. */
  openMain(): BrowserWindow {
    const main = this.#show('main', null, this.#mainPlace, MAIN, {});
    for (const { id, layoutId, place } of this.#waiting) this.#wall(id, layoutId, place);
    this.#waiting = [];
    return main;
  }

  readonly subscribe = (push: (state: ResponseOf<'windows.state'>) => void): (() => void) => {
    push(this.#state());
    const listening = this.#changes.on(() => push(this.#state()));
    return () => void listening.dispose();
  };

  readonly subscribeRequests = (push: (request: ResponseOf<'windows.requests'>) => void): (() => void) => {
    const listening = this.#requests.on(push);
    return () => void listening.dispose();
  };

  openWall({ layout_id, display_id }: RequestOf<'windows.open-wall'>): { id: string } {
    if ([...this.#open.keys()].filter((id) => id !== 'main').length >= MOST_WALLS)
      throw new VasError('conflict', 'There are 8 windows of the wall already. Close one of them first.');
    const on =
      display_id === null ? null : screen.getAllDisplays().find(({ id }) => String(id) === display_id);
    if (on === undefined)
      throw new VasError('not_found', 'That monitor is no longer connected. Choose another one.');
    const id = randomUUID();
    this.#wall(id, layout_id, on === null ? null : firstOn(on));
    this.#keep();
    return { id };
  }

  closeWall(id: string): void {
    const open = this.#open.get(id);
    if (open === undefined) throw new VasError('not_found', 'That window is closed already.');
    open.window.close();
  }

  setFullScreen(owner: string, on: boolean): void {
    const contents = webContents.fromId(Number(owner));
    const window = contents === undefined ? null : Window.fromWebContents(contents);
    if (window === null) throw new VasError('not_found', 'The window is closed already.');
    window.setFullScreen(on);
  }

  showMain({ screen: wanted, edit_camera_id, event_id, playback }: RequestOf<'windows.show-main'>): void {
    this.#options.showMain();
    if (wanted === null) return;
    this.#requests.emit({
      number: ++this.#requestNumber,
      screen: wanted,
      edit_camera_id,
      event_id,
      playback,
    });
  }

  #wall(id: string, layoutId: string | null, place: KeptPlace | null): void {
    const query = { window: id, ...(layoutId === null ? {} : { layout: layoutId }) };
    this.#show(id, layoutId, place, WALL, query);
  }

  #show(
    id: string,
    layoutId: string | null,
    place: KeptPlace | null,
    { usual, minimum }: typeof MAIN,
    query: Readonly<Record<string, string>>,
  ): BrowserWindow {
    const { preload, icon, log } = this.#options;
    const { bounds, isHome } = placeWindow(place, monitors(), usual);
    const window = openPageWindow({
      ...{ preload, icon, log, bounds, minimum, query },
      onReady: () => {
        const shown = this.#open.get(id);
        if (shown !== undefined) shown.isReady = true;
        // Full screen on a strange monitor would hide what belongs there; the main window belongs anywhere.
        if (place?.isFullScreen === true && (isHome || id === 'main')) window.setFullScreen(true);
        else if (place?.isMaximized === true) window.maximize();
      },
    });
    const guest = place === null || isHome ? null : { x: bounds.x, y: bounds.y };
    this.#open.set(id, { window, layoutId, place, guest, isReady: false });
    const moved = () => this.#keepSoon();
    for (const event of ['move', 'resize', 'maximize', 'unmaximize'] as const)
      window.on(event as 'move', moved);
    for (const event of ['enter-full-screen', 'leave-full-screen'] as const)
      window.on(event as 'enter-full-screen', () => {
        moved();
        this.#changes.emit();
      });
    window.on('close', () => this.#note(id));
    window.on('closed', () => {
      if (id === 'main') this.#mainPlace = this.#open.get(id)?.place ?? this.#mainPlace;
      this.#open.delete(id);
      if (!this.#quitting) this.#keep();
      this.#changes.emit();
    });
    this.#changes.emit();
    return window;
  }

  /** Remembers where a window is, unless it is only a guest there. */
  #note(id: string): void {
    const open = this.#open.get(id);
    if (open?.isReady !== true || open.window.isDestroyed()) return;
    const bounds = open.window.getNormalBounds();
    if (open.guest !== null && open.guest.x === bounds.x && open.guest.y === bounds.y) return;
    const display = screen.getDisplayMatching(open.window.getBounds());
    open.guest = null;
    open.place = {
      bounds,
      monitor: { id: String(display.id), bounds: display.bounds },
      isFullScreen: open.window.isFullScreen(),
      isMaximized: open.window.isMaximized(),
    };
  }

  #keepSoon(): void {
    if (this.#quitting) return;
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = null;
    if (this.#quitting) return;
    for (const id of this.#open.keys()) this.#note(id);
    this.#file.write({
      main: this.#open.get('main')?.place ?? this.#mainPlace,
      walls: [...this.#open]
        .filter(([id]) => id !== 'main')
        .map(([id, { layoutId, place }]) => ({ id, layoutId, place })),
    });
  }

  /** Monitors came or went: windows without one come on screen, and go home when theirs is back. */
  #settle(): void {
    // What the window system did to the windows meanwhile is not where they belong.
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = null;
    const all = monitors();
    for (const [id, open] of this.#open) {
      if (open.place === null || open.window.isDestroyed()) continue;
      const home = homeOf(open.place, all);
      if (home !== null && open.guest === null) continue;
      const { bounds, isHome } = placeWindow(open.place, all, WALL.usual);
      const full = open.place.isFullScreen && (isHome || id === 'main');
      if (!full) open.window.setFullScreen(false);
      open.window.setBounds(bounds);
      if (full) open.window.setFullScreen(true);
      open.guest = isHome ? null : { x: bounds.x, y: bounds.y };
      this.#options.log.info({ window: id, isHome }, 'window was brought back on screen');
    }
    this.#changes.emit();
  }

  #state(): ResponseOf<'windows.state'> {
    return {
      windows: [...this.#open]
        .filter(([, { window }]) => !window.isDestroyed())
        .map(([id, { window }]) => ({
          id,
          full_screen: window.isFullScreen(),
          display_id: String(screen.getDisplayMatching(window.getBounds()).id),
        })),
      displays: screen.getAllDisplays().map((display) => ({
        id: String(display.id),
        label: display.label,
        width: display.size.width,
        height: display.size.height,
        primary: display.id === screen.getPrimaryDisplay().id,
      })),
    };
  }
}

/** A new window on a monitor fills it. */
function firstOn({ id, bounds, workArea }: Display): KeptPlace {
  const { width, height } = WALL.usual;
  return {
    bounds: {
      x: workArea.x + Math.max(0, Math.floor((workArea.width - width) / 2)),
      y: workArea.y + Math.max(0, Math.floor((workArea.height - height) / 2)),
      width,
      height,
    },
    monitor: { id: String(id), bounds },
    isFullScreen: true,
    isMaximized: false,
  };
}

function monitors(): Monitor[] {
  const primary = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().map(({ id, bounds, workArea }) => ({
    ...{ id: String(id), bounds, workArea },
    primary: id === primary,
  }));
}
