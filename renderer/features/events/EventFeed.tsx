import type { ReactNode, RefObject } from 'react';
import type { AiEvent } from '../../../contract';
import { t } from '../../strings';
import type { FeedLayout, View } from '../../ui/WindowedFeed';
import { WindowedFeed } from '../../ui/WindowedFeed';
import type { EventNames } from './useNames';
import { EventItem } from './EventItem';

export type { FeedLayout, View } from '../../ui/WindowedFeed';

const CARD = { width: 208, text: 62 } as const;

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

/** The events of a filter, of which only what is seen is drawn. */
export function EventFeed(props: EventFeedProps) {
  const { names, view, selected } = props;
  return (
    <WindowedFeed
      items={props.events}
      label={t('events.feed')}
      testId="event-feed"
      view={view}
      card={CARD}
      activeId={props.activeId}
      isBusy={props.isBusy}
      layoutRef={props.layoutRef}
      onEnd={props.onEnd}
      foot={props.foot}
      itemAttribute="data-event-id"
    >
      {(event, { index, ...place }) => (
        <EventItem
          key={event.id}
          event={event}
          names={names}
          view={view}
          position={index + 1}
          isSelected={selected.has(event.id)}
          onActivate={props.onActivate}
          onSelect={props.onSelect}
          {...place}
        />
      )}
    </WindowedFeed>
  );
}
