import type { ReactNode, RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rowsShown, scrolledTo } from './windowed';

const LIST_ROW = 60;
const CARD_GAP = 10;
const PADDING = 12;

export type View = 'list' | 'grid';

export interface FeedLayout {
  columns: number;
  rows: number;
  toTop: () => void;
  isAtTop: () => boolean;
}

/** Where an item lies in the list, CSS pixels, and what it is there. */
export interface FeedPlace {
  readonly index: number;
  readonly isTabStop: boolean;
  readonly isActive: boolean;
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowedFeedProps<T extends { readonly id: string }> {
  readonly items: readonly T[];
  readonly label: string;
  readonly testId: string;
  readonly view: View;
  /** Least width of a card, and the height of what stands below its picture, CSS pixels. */
  readonly card: { readonly width: number; readonly text: number };
  readonly activeId: string | null;
  readonly isBusy: boolean;
  /** Filled with how many stand side by side, for the keys. */
  readonly layoutRef: RefObject<FeedLayout>;
  /** The end comes into view. */
  readonly onEnd: () => void;
  /** Below the last item. */
  readonly foot: ReactNode;
  /** Draws an item; its element carries `itemAttribute` with its id, by which it gets the focus. */
  readonly children: (item: T, place: FeedPlace) => ReactNode;
  readonly itemAttribute: `data-${string}`;
}

/** A list of any length, of which only what is seen is drawn. */
export function WindowedFeed<T extends { readonly id: string }>(props: WindowedFeedProps<T>) {
  const { items, view, card, activeId, layoutRef, onEnd, itemAttribute } = props;
  const root = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  useLayoutEffect(() => {
    const measured = root.current;
    if (measured === null) return;
    const measure = () => setSize({ width: measured.clientWidth, height: measured.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);

  const inner = size.width - 2 * PADDING;
  const columns = view === 'list' ? 1 : Math.max(1, Math.floor((inner + CARD_GAP) / (card.width + CARD_GAP)));
  const cardWidth = (inner + CARD_GAP) / columns - CARD_GAP;
  const rowHeight =
    view === 'list' ? LIST_ROW : Math.max(60, Math.round((cardWidth * 9) / 16)) + card.text + CARD_GAP;
  const rowCount = Math.ceil(items.length / columns);
  const { first, end } = rowsShown(rowCount, rowHeight, scrolled, size.height);
  const activeIndex = items.findIndex(({ id }) => id === activeId);
  const isAtEnd = end >= rowCount - 10;

  useEffect(() => {
    layoutRef.current = {
      columns,
      rows: Math.max(1, Math.floor(size.height / rowHeight)),
      toTop: () => root.current?.scrollTo({ top: 0 }),
      isAtTop: () => (root.current?.scrollTop ?? 0) < 4,
    };
  }, [layoutRef, columns, size.height, rowHeight]);
  useEffect(() => {
    if (isAtEnd && size.height > 0) onEnd();
  }, [isAtEnd, size.height, items.length, onEnd]);

  // The active one comes into view when it becomes active, not whenever something is loaded.
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || activeIndex < 0 || shown.current === activeId || size.height === 0) return;
    shown.current = activeId;
    const top = scrolledTo(Math.floor(activeIndex / columns), rowHeight, element.scrollTop, size.height);
    if (top !== element.scrollTop) element.scrollTop = top;
    const hasFocus = element.contains(document.activeElement) || document.activeElement === document.body;
    if (hasFocus)
      element
        .querySelector<HTMLElement>(`[${itemAttribute}="${activeId ?? ''}"]`)
        ?.focus({ preventScroll: true });
  }, [activeId, activeIndex, columns, rowHeight, size.height, itemAttribute]);

  const indexes = new Set<number>();
  for (let index = first * columns; index < Math.min(items.length, end * columns); index++)
    indexes.add(index);
  // Stays in the document, so that the focus is not lost when it is scrolled away.
  if (activeIndex >= 0) indexes.add(activeIndex);
  const tabStop = activeIndex >= 0 ? activeIndex : 0;

  return (
    <div
      ref={root}
      className={`event-feed event-feed-${view}`}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      data-testid={props.testId}
    >
      <div
        className="event-feed-rows"
        role="feed"
        aria-label={props.label}
        aria-busy={props.isBusy}
        style={{ height: rowCount * rowHeight }}
      >
        {[...indexes]
          .sort((one, other) => one - other)
          .map((index) => {
            const item = items[index];
            if (item === undefined) return null;
            const column = index % columns;
            return props.children(item, {
              index,
              isTabStop: index === tabStop,
              isActive: index === activeIndex,
              top: Math.floor(index / columns) * rowHeight,
              left: view === 'list' ? 0 : PADDING + column * (cardWidth + CARD_GAP),
              width: view === 'list' ? size.width : cardWidth,
              height: view === 'list' ? rowHeight : rowHeight - CARD_GAP,
            });
          })}
      </div>
      {props.foot}
    </div>
  );
}
