/** Pixels of the desktop that all monitors form together. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Monitor {
  readonly id: string;
  readonly bounds: Rectangle;
  /** Without panels and docks. */
  readonly workArea: Rectangle;
  readonly primary: boolean;
}

/** Where a window was the last time. */
export interface KeptPlace {
  /** While it is neither maximised nor full screen. */
  readonly bounds: Rectangle;
  readonly monitor: { readonly id: string; readonly bounds: Rectangle };
  readonly isFullScreen: boolean;
  readonly isMaximized: boolean;
}

export interface Placement {
  readonly bounds: Rectangle;
  readonly monitorId: string;
  /** The monitor of the last time is there. */
  readonly isHome: boolean;
}

const sameSize = (a: Rectangle, b: Rectangle) => a.width === b.width && a.height === b.height;
const sameBounds = (a: Rectangle, b: Rectangle) => a.x === b.x && a.y === b.y && sameSize(a, b);

/** The monitor of the last time: under its id, or where it was in the same size; null when it is gone. */
export function homeOf(kept: KeptPlace, monitors: readonly Monitor[]): Monitor | null {
  const { id, bounds } = kept.monitor;
  return (
    monitors.find((monitor) => monitor.id === id && sameSize(monitor.bounds, bounds)) ??
    monitors.find((monitor) => sameBounds(monitor.bounds, bounds)) ??
    monitors.find((monitor) => monitor.id === id) ??
    null
  );
}

/**
 * Where a window goes: as it was, on its monitor, wherever that lies now; in the middle of the primary
 * monitor when its own is gone or it has none. Always wholly on screen, smaller if need be.
 * @param monitors at least one
 */
export function placeWindow(
  kept: KeptPlace | null,
  monitors: readonly Monitor[],
  usual: { readonly width: number; readonly height: number },
): Placement {
  const home = kept === null ? null : homeOf(kept, monitors);
  const monitor = home ?? monitors.find(({ primary }) => primary) ?? monitors[0];
  if (monitor === undefined) throw new Error('There is no monitor.');
  const size = kept?.bounds ?? usual;
  const width = Math.min(size.width, monitor.workArea.width);
  const height = Math.min(size.height, monitor.workArea.height);
  const middle = (start: number, length: number, own: number) => start + Math.floor((length - own) / 2);
  const { workArea } = monitor;
  const wanted =
    kept !== null && home !== null
      ? {
          x: kept.bounds.x - kept.monitor.bounds.x + home.bounds.x,
          y: kept.bounds.y - kept.monitor.bounds.y + home.bounds.y,
        }
      : { x: middle(workArea.x, workArea.width, width), y: middle(workArea.y, workArea.height, height) };
  const inside = (at: number, start: number, length: number, own: number) =>
    Math.min(Math.max(at, start), start + length - own);
  return {
    bounds: {
      x: inside(wanted.x, workArea.x, workArea.width, width),
      y: inside(wanted.y, workArea.y, workArea.height, height),
      width,
      height,
    },
    monitorId: monitor.id,
    isHome: home !== null,
  };
}
