import type { ReactNode, RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AiEvent } from '../../../contract';
import { t } from '../../strings';
import type { EventNames } from './useNames';
import { EventItem } from './EventItem';
import { rowsShown, scrolledTo } from './windowed';

const LIST_ROW = 60;
const CARD_WIDTH = 208;
/** Below the picture of a card. */
const CARD_TEXT = 62;
const CARD_GAP = 10;
const PADDING = 12;

export type View = 'list' | 'grid';

export interface EventFeedProps {
  readonly events: readonly AiEvent[];
  readonly names: EventNames;
  readonly view: View;
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly isBusy: boolean;
  /** Filled with how many stand side by side, for the keys. */
  readonly layoutRef: RefObject<FeedLayout>;
  readonly onActivate: (event: AiEvent) => void;
  readonly onSelect: (event: AiEvent, isRange: boolean) => void;
  /** The end comes into view. */
  readonly onEnd: () => void;
  /** Below the last event. */
  readonly foot: ReactNode;
}

export interface FeedLayout {
  columns: number;
  rows: number;
  toTop: () => void;
}

/** A list of events of any length, of which only what is seen is drawn. */
export function EventFeed(props: EventFeedProps) {
  const { events, names, view, activeId, selected, layoutRef, onEnd } = props;
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
  const columns = view === 'list' ? 1 : Math.max(1, Math.floor((inner + CARD_GAP) / (CARD_WIDTH + CARD_GAP)));
  const cardWidth = (inner + CARD_GAP) / columns - CARD_GAP;
  const rowHeight =
    view === 'list' ? LIST_ROW : Math.max(60, Math.round((cardWidth * 9) / 16)) + CARD_TEXT + CARD_GAP;
  const rowCount = Math.ceil(events.length / columns);
  const { first, end } = rowsShown(rowCount, rowHeight, scrolled, size.height);
  const activeIndex = events.findIndex(({ id }) => id === activeId);
  const isAtEnd = end >= rowCount - 10;

  useEffect(() => {
    layoutRef.current = {
      columns,
      rows: Math.max(1, Math.floor(size.height / rowHeight)),
      toTop: () => root.current?.scrollTo({ top: 0 }),
    };
  }, [layoutRef, columns, size.height, rowHeight]);
  useEffect(() => {
    if (isAtEnd && size.height > 0) onEnd();
  }, [isAtEnd, size.height, events.length, onEnd]);

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
        .querySelector<HTMLElement>(`[data-event-id="${activeId ?? ''}"]`)
        ?.focus({ preventScroll: true });
  }, [activeId, activeIndex, columns, rowHeight, size.height]);

  const indexes = new Set<number>();
  for (let index = first * columns; index < Math.min(events.length, end * columns); index++)
    indexes.add(index);
  // Stays in the document, so that the focus is not lost when it is scrolled away.
  if (activeIndex >= 0) indexes.add(activeIndex);
  const tabStop = activeIndex >= 0 ? activeIndex : 0;

  return (
    <div
      ref={root}
      className={`event-feed event-feed-${view}`}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      data-testid="event-feed"
    >
      <div
        className="event-feed-rows"
        role="feed"
        aria-label={t('events.feed')}
        aria-busy={props.isBusy}
        style={{ height: rowCount * rowHeight }}
      >
        {[...indexes]
          .sort((one, other) => one - other)
          .map((index) => {
            const event = events[index];
            if (event === undefined) return null;
            const column = index % columns;
            return (
              <EventItem
                key={event.id}
                event={event}
                names={names}
                view={view}
                position={index + 1}
                isTabStop={index === tabStop}
                isActive={index === activeIndex}
                isSelected={selected.has(event.id)}
                onActivate={props.onActivate}
                onSelect={props.onSelect}
                top={Math.floor(index / columns) * rowHeight}
                left={view === 'list' ? 0 : PADDING + column * (cardWidth + CARD_GAP)}
                width={view === 'list' ? size.width : cardWidth}
                height={view === 'list' ? rowHeight : rowHeight - CARD_GAP}
              />
            );
          })}
      </div>
      {props.foot}
    </div>
  );
}
