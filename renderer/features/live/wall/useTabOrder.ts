import type { RefObject } from 'react';
import { useEffect } from 'react';

const STOPS =
  'a[href], button:not([disabled]), input:not([disabled]), select, textarea, video[controls], [tabindex]';

/** What Tab stops at inside an element, in the order of the document. */
function stopsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) =>
      stop.tabIndex >= 0 &&
      stop.closest('[inert]') === null &&
      stop.checkVisibility({ visibilityProperty: true }),
  );
}

/**
 * Lets Tab go through the tiles as they are seen, from the upper left to the lower right. Their elements
 * stand in another order in the document, and moving them there would interrupt the pictures.
 * @param order tiles in the order of reading; each one's element is named by `data-index`
 */
export function useTabOrder(root: RefObject<HTMLElement | null>, order: readonly number[]): void {
  const wanted = order.join(' ');
  useEffect(() => {
    const wall = root.current;
    if (wall === null) return;
    const inside = () =>
      wanted
        .split(' ')
        .flatMap((index) => [...wall.querySelectorAll(`[data-index="${index}"]`)].flatMap(stopsIn));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
      const { activeElement } = document;
      const by = event.shiftKey ? -1 : 1;
      const seen = inside();
      const at = seen.findIndex((stop) => stop === activeElement);
      if (at >= 0) {
        const next = seen[at + by] ?? beside(wall, by);
        if (next === undefined) return;
        event.preventDefault();
        next.focus();
      } else if (activeElement !== null && beside(wall, by === 1 ? -1 : 1) === activeElement) {
        const first = by === 1 ? seen[0] : seen[seen.length - 1];
        if (first === undefined) return;
        event.preventDefault();
        first.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [root, wanted]);
}

/** The nearest stop before (-1) or after (1) the wall. */
function beside(wall: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const side = by === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const stops = stopsIn(document).filter(
    (stop) => !wall.contains(stop) && (wall.compareDocumentPosition(stop) & side) !== 0,
  );
  return by === 1 ? stops[0] : stops[stops.length - 1];
}
