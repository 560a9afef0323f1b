import { memo } from 'react';
import type { AiEvent } from '../../../contract';
import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { CheckIcon, ClipIcon } from '../../ui/icons';
import { clockText, momentText } from '../../ui/timeText';
import type { View } from './EventFeed';
import { dayText, eventName, labelText, percentText, zonesOf } from './eventText';
import { Thumbnail } from './Thumbnail';
import type { EventNames } from './useNames';

export interface EventItemProps {
  readonly event: AiEvent;
  readonly names: EventNames;
  readonly view: View;
  /** From 1. */
  readonly position: number;
  readonly isTabStop: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onActivate: (event: AiEvent) => void;
  readonly onSelect: (event: AiEvent, isRange: boolean) => void;
  /** CSS pixels inside the list. */
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** One event in the list or among the thumbnails. */
export const EventItem = memo(function Item(props: EventItemProps) {
  const { event, names, view, isActive, isSelected, onActivate, onSelect, top, left, width, height } = props;
  const camera = names.cameraName(event.camera_id);
  const at = Date.parse(event.timestamp);
  const isReviewed = event.reviewed_at !== null;
  const time = (
    <span className="event-when numeric">
      <span className="event-clock">{clockText(at)}</span>
      <Day at={at} />
    </span>
  );
  const label = <span className="event-label">{labelText(event)}</span>;
  const confidence = <span className="event-confidence numeric">{percentText(event.confidence)}</span>;
  return (
    <article
      className={`event-item event-item-${view}`}
      style={{ transform: `translate(${String(left)}px, ${String(top)}px)`, width, height }}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={`${eventName(event, camera)}, ${t(isReviewed ? 'events.reviewed' : 'events.notReviewed')}`}
      aria-posinset={props.position}
      aria-setsize={-1}
      data-event-id={event.id}
      data-active={isActive ? 'true' : undefined}
      data-selected={isSelected ? 'true' : undefined}
      data-reviewed={isReviewed ? 'true' : undefined}
      onClick={({ ctrlKey, metaKey, shiftKey }) => {
        if (ctrlKey || metaKey || shiftKey) onSelect(event, shiftKey);
        else onActivate(event);
      }}
    >
      <input
        type="checkbox"
        className="event-check"
        tabIndex={-1}
        aria-label={t('events.select', { camera, time: momentText(at) })}
        checked={isSelected}
        onClick={(click) => click.stopPropagation()}
        onChange={() => onSelect(event, false)}
      />
      <Thumbnail event={event} />
      {view === 'list' ? (
        <>
          {time}
          <span className="event-what">
            {label}
            <span className="event-camera">{camera}</span>
          </span>
          {confidence}
          <span className="event-zones">{zonesOf(event).join(', ')}</span>
          <span className="event-model">{names.modelName(event.model_id)}</span>
          <span className="event-marks">
            {event.clip_id === null ? null : <ClipMark />}
            {isReviewed ? <ReviewedMark /> : null}
          </span>
        </>
      ) : (
        <span className="event-card-text">
          <span className="event-card-line">
            {label}
            {confidence}
            {event.clip_id === null ? null : <ClipMark />}
            {isReviewed ? <ReviewedMark /> : null}
          </span>
          <span className="event-card-line">
            <span className="event-camera">{camera}</span>
            {time}
          </span>
        </span>
      )}
    </article>
  );
});

/** Changes at midnight. */
function Day({ at }: { readonly at: number }) {
  return <span className="event-day">{dayText(at, useNowSeconds() * 1000)}</span>;
}

function ClipMark() {
  return (
    <span className="event-mark" title={t('events.hasClip')}>
      <ClipIcon size={15} />
    </span>
  );
}

function ReviewedMark() {
  return (
    <span className="event-mark event-mark-reviewed" title={t('events.reviewed')}>
      <CheckIcon size={15} />
    </span>
  );
}
