import type { Zoom } from '../live/tile/zoom';

/** Pixels of the drawing area. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies in an area that shows all of it and keeps its shape (object-fit: contain); null without one. */
export function pictureRect(area: Size, picture: Size): Rect | null {
  if (!(area.width > 0 && area.height > 0 && picture.width > 0 && picture.height > 0)) return null;
  const scale = Math.min(area.width / picture.width, area.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (area.width - width) / 2, y: (area.height - height) / 2, width, height };
}

/** Where it lies when the area is magnified. */
export function zoomedRect(rect: Rect, area: Size, zoom: Zoom): Rect {
  return {
    x: zoom.x * area.width + rect.x * zoom.scale,
    y: zoom.y * area.height + rect.y * zoom.scale,
    width: rect.width * zoom.scale,
    height: rect.height * zoom.scale,
  };
}

/** A place of the picture (shares) in pixels of the area. */
export function placeIn(rect: Rect, x: number, y: number): { readonly x: number; readonly y: number } {
  return { x: rect.x + x * rect.width, y: rect.y + y * rect.height };
}

/** Corners (shares of the picture) in pixels of the area. */
export function boxIn(rect: Rect, [x1, y1, x2, y2]: readonly [number, number, number, number]): Rect {
  const corner = placeIn(rect, x1, y1);
  return { ...corner, width: (x2 - x1) * rect.width, height: (y2 - y1) * rect.height };
}
