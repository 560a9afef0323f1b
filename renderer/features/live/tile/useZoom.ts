import type { PointerEvent, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Place, Zoom } from './zoom';
import { CENTRE, isZoomed, pan, wheelFactor, WHOLE, zoomAbout } from './zoom';

export interface TileZoom {
  readonly zoom: Zoom;
  readonly isZoomed: boolean;
  /** About the middle of what is shown. */
  readonly by: (factor: number) => void;
  /** In parts of the picture area. */
  readonly pan: (dx: number, dy: number) => void;
  readonly reset: () => void;
  /** Of the picture area: dragging moves a magnified picture. */
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
}

/** Digital zoom of a tile: wheel about the cursor, drag, keys. The wheel is listened to on `area`. */
export function useZoom(area: RefObject<HTMLElement | null>): TileZoom {
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const endDrag = useRef<() => void>(() => undefined);

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      // With Ctrl the wheel is the window's.
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const place = placeIn(element, event);
      const factor = wheelFactor(
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY,
      );
      setZoom((before) => zoomAbout(before, factor, place));
    };
    // React listens passively, so the page would scroll as well.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
      endDrag.current();
    };
  }, [area]);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const element = area.current;
    if (!isZoomed(zoom) || event.button !== 0 || element === null) return;
    if (event.target instanceof Element && event.target.closest('button, input') !== null) return;
    // A magnified picture is moved, not the tile.
    event.preventDefault();
    event.stopPropagation();
    element.closest<HTMLElement>('.tile')?.focus();
    let last: Place = placeIn(element, event);
    const onMove = (moved: globalThis.PointerEvent) => {
      const now = placeIn(element, moved);
      const [dx, dy] = [now.x - last.x, now.y - last.y];
      last = now;
      setZoom((before) => pan(before, dx, dy));
    };
    const end = () => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('lostpointercapture', end);
      element.toggleAttribute('data-dragging', false);
    };
    endDrag.current = end;
    element.toggleAttribute('data-dragging', true);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('lostpointercapture', end);
    element.setPointerCapture(event.pointerId);
  };

  return {
    zoom,
    isZoomed: isZoomed(zoom),
    by: (factor) => setZoom((before) => zoomAbout(before, factor, CENTRE)),
    pan: (dx, dy) => setZoom((before) => pan(before, dx, dy)),
    reset: () => setZoom(WHOLE),
    onPointerDown,
  };
}

function placeIn(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Place {
  const box = element.getBoundingClientRect();
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}
