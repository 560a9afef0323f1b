import type { Dispatch, KeyboardEvent, RefObject } from 'react';
import type { TileActionId } from '../../../keys/actions/tile';
import { useActions } from '../../../keys/useAction';
import type { TileCommand } from './Tile';
import type { Capture } from './useCapture';
import type { Replay } from './useReplay';
import type { TileZoom } from './useZoom';
import { PAN_STEP, ZOOM_STEP } from './zoom';

export interface TileActionTarget {
  readonly isFull: boolean;
  readonly isCovered: boolean;
  /** The user may see what the camera recorded. */
  readonly mayPlay: boolean;
  readonly zoom: TileZoom;
  readonly replay: Replay;
  readonly capture: Capture;
  readonly onCommand: Dispatch<TileCommand>;
  readonly toggleSound: () => void;
  readonly toggleStatistics: () => void;
  readonly toggleOverlay: () => void;
  readonly openOverlaySettings: () => void;
  readonly openMenu: () => void;
}

export interface TileActions {
  readonly run: (id: TileActionId) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Where the picture goes when an arrow is pressed: the view moves the way of the arrow. */
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN_STEP, 0],
  ArrowRight: [-PAN_STEP, 0],
  ArrowUp: [0, PAN_STEP],
  ArrowDown: [0, -PAN_STEP],
};

/** What a tile does, by key or by button. */
export function useTileActions(root: RefObject<HTMLElement | null>, target: TileActionTarget): TileActions {
  const { isFull, isCovered, mayPlay, zoom, replay, capture, onCommand } = target;
  const duringReplay = (act: () => void) => (): boolean => {
    if (replay.clip !== null) act();
    return replay.clip !== null;
  };
  const live = (): boolean => {
    if (replay.clip === null && !replay.isOpening) return false;
    replay.live();
    return true;
  };
  // An answer of false: not now, so the key may mean something else.
  const handlers: Readonly<Record<TileActionId, () => unknown>> = {
    'tile.toggle-full': () => onCommand(isFull ? 'leave-full' : 'enter-full'),
    'tile.snapshot': () => void capture.snapshot(),
    'tile.clip': () => (mayPlay ? void capture.clip() : false),
    'tile.back': () => (mayPlay ? replay.back() : false),
    'tile.live': live,
    'tile.pause': duringReplay(replay.togglePause),
    'tile.earlier': duringReplay(() => replay.seek(replay.position - 1)),
    'tile.later': duringReplay(() => replay.seek(replay.position + 1)),
    'tile.sound': target.toggleSound,
    'tile.statistics': target.toggleStatistics,
    'tile.overlay': target.toggleOverlay,
    'tile.overlay-settings': target.openOverlaySettings,
    'tile.zoom-in': () => zoom.by(ZOOM_STEP),
    'tile.zoom-out': () => zoom.by(1 / ZOOM_STEP),
    'tile.zoom-reset': zoom.reset,
    'tile.menu': target.openMenu,
  };
  useActions(handlers, { within: root, enabled: !isCovered });
  return {
    run(id) {
      handlers[id]();
      // The control that was pressed may be gone now: the focus stays in the tile.
      if (id === 'tile.back' || id === 'tile.live') root.current?.focus();
    },
    /** Keys that mean something else on the wall while nothing is magnified or replayed. */
    onKeyDown(event) {
      // Keys that were pressed on a control of the tile belong to that control.
      if (event.target !== root.current || event.ctrlKey || event.altKey || event.metaKey) return;
      const by = zoom.isZoomed ? PANS[event.key] : undefined;
      if (by !== undefined) zoom.pan(...by);
      if (by !== undefined || (event.key === 'Escape' && live())) event.preventDefault();
    },
  };
}
