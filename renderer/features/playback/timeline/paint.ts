import type { TimelineCamera } from '../../../../contract/playback';
import type { Ticks } from './ticks';
import type { TimeView } from './view';
import { xAt } from './view';

/** From the theme (playback.css). */
export interface TimelineColors {
  readonly background: string;
  readonly row: string;
  readonly recorded: string;
  readonly sparse: string;
  readonly motion: string;
  readonly event: string;
  readonly bookmark: string;
  readonly lock: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly playhead: string;
  readonly selection: string;
  readonly font: string;
}

export interface TimelineRow {
  readonly id: string;
  readonly name: string;
  readonly isMerged: boolean;
  readonly cameras: readonly TimelineCamera[];
}

/** A marked stretch; one end may be missing. Milliseconds since the epoch. */
export interface Selection {
  readonly from: number | null;
  readonly to: number | null;
}

export interface TimelinePicture {
  readonly view: TimeView;
  readonly rows: readonly TimelineRow[];
  readonly ticks: Ticks;
  readonly label: (at: number) => string;
  readonly position: number;
  readonly hover: number | null;
  readonly selection: Selection;
  readonly now: number;
}

export const RULER = 26;
export const NAMES = 148;
export const ROW_GAP = 2;

export function rowHeight(rows: number): number {
  return rows <= 5 ? 22 : rows <= 10 ? 16 : 12;
}

export function heightOf(rows: number): number {
  return RULER + rows * (rowHeight(rows) + ROW_GAP) + 4;
}

type Pen = CanvasRenderingContext2D;

/** Draws a time line. Sizes are CSS pixels; the pen is scaled already. */
export function paintTimeline(
  pen: Pen,
  picture: TimelinePicture,
  size: { readonly width: number; readonly height: number },
  colors: TimelineColors,
): void {
  const { view, rows, position, hover, now } = picture;
  const width = size.width - NAMES;
  const x = (at: number): number => NAMES + xAt(view, at, width);
  pen.fillStyle = colors.background;
  pen.fillRect(0, 0, size.width, size.height);
  pen.save();
  pen.beginPath();
  pen.rect(NAMES, 0, width, size.height);
  pen.clip();
  ruler(pen, picture, size, x, colors);
  const height = rowHeight(rows.length);
  rows.forEach((row, index) => {
    const top = RULER + index * (height + ROW_GAP);
    pen.fillStyle = colors.row;
    pen.fillRect(NAMES, top, width, height);
    for (const camera of row.cameras) stretches(pen, camera, top, height, x, colors);
    for (const camera of row.cameras) marks(pen, camera, top, height, x, colors);
  });
  pen.fillStyle = colors.background;
  pen.globalAlpha = 0.55;
  if (x(now) < size.width) pen.fillRect(Math.max(NAMES, x(now)), RULER, size.width, size.height);
  pen.globalAlpha = 1;
  selected(pen, picture.selection, size, x, colors);
  if (hover !== null) line(pen, x(hover), RULER, size.height, colors.muted, 1);
  playhead(pen, x(position), size.height, colors);
  pen.restore();
  names(pen, rows, height, colors);
}

function stretches(
  pen: Pen,
  camera: TimelineCamera,
  top: number,
  height: number,
  x: (at: number) => number,
  colors: TimelineColors,
): void {
  const bar = (
    spans: readonly (readonly [number, number])[],
    color: string,
    from: number,
    part: number,
  ): void => {
    pen.fillStyle = color;
    for (const [start, end] of spans) {
      const left = x(start);
      pen.fillRect(left, top + height * from, Math.max(1, x(end) - left), height * part);
    }
  };
  bar(camera.recorded, colors.recorded, 0, 1);
  bar(camera.sparse, colors.sparse, 0, 1);
  bar(camera.motion, colors.motion, 0.55, 0.45);
  bar(camera.locks, colors.lock, 0, 0.16);
}

function marks(
  pen: Pen,
  camera: TimelineCamera,
  top: number,
  height: number,
  x: (at: number) => number,
  colors: TimelineColors,
): void {
  pen.fillStyle = colors.event;
  for (const [start, end] of camera.events) {
    const left = x(start);
    pen.fillRect(left - 0.5, top, Math.max(2, x(end) - left), height);
  }
  for (const bookmark of camera.bookmarks) {
    const left = x(bookmark.from);
    pen.fillStyle = colors.bookmark;
    pen.globalAlpha = 0.5;
    pen.fillRect(left, top, Math.max(2, x(bookmark.to) - left), height);
    pen.globalAlpha = 1;
    const middle = x(bookmark.center);
    pen.beginPath();
    pen.moveTo(middle - 4, top);
    pen.lineTo(middle + 4, top);
    pen.lineTo(middle, top + 6);
    pen.closePath();
    pen.fill();
  }
}

function ruler(
  pen: Pen,
  { ticks, label }: TimelinePicture,
  { height }: { readonly height: number },
  x: (at: number) => number,
  colors: TimelineColors,
): void {
  pen.font = colors.font;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  for (const at of ticks.minor) line(pen, x(at), RULER - 5, RULER, colors.line, 1);
  for (const at of ticks.labelled) {
    line(pen, x(at), RULER - 9, height, colors.line, 1);
    pen.fillStyle = colors.muted;
    pen.fillText(label(at), x(at) + 4, 9);
  }
}

function selected(
  pen: Pen,
  { from, to }: Selection,
  { height }: { readonly height: number },
  x: (at: number) => number,
  colors: TimelineColors,
): void {
  if (from !== null && to !== null) {
    pen.fillStyle = colors.selection;
    pen.globalAlpha = 0.28;
    pen.fillRect(x(from), 0, x(to) - x(from), height);
    pen.globalAlpha = 1;
  }
  for (const at of [from, to]) if (at !== null) line(pen, x(at), 0, height, colors.selection, 2);
}

function playhead(pen: Pen, at: number, height: number, colors: TimelineColors): void {
  line(pen, at, 0, height, colors.playhead, 2);
  pen.fillStyle = colors.playhead;
  pen.beginPath();
  pen.moveTo(at - 6, 0);
  pen.lineTo(at + 6, 0);
  pen.lineTo(at + 6, 6);
  pen.lineTo(at, 12);
  pen.lineTo(at - 6, 6);
  pen.closePath();
  pen.fill();
}

function line(pen: Pen, at: number, from: number, to: number, color: string, width: number): void {
  pen.fillStyle = color;
  pen.fillRect(Math.round(at - width / 2), from, width, to - from);
}

function names(pen: Pen, rows: readonly TimelineRow[], height: number, colors: TimelineColors): void {
  pen.font = colors.font;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  rows.forEach((row, index) => {
    const middle = RULER + index * (height + ROW_GAP) + height / 2;
    pen.fillStyle = row.isMerged ? colors.text : colors.muted;
    pen.fillText(shortened(pen, row.name, NAMES - 20), 12, middle + 0.5);
  });
}

function shortened(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let kept = text;
  while (kept.length > 1 && pen.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
