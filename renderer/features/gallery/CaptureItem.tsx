import { memo, useState } from 'react';
import type { Capture } from '../../../contract';
import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { ClipIcon, SnapshotIcon } from '../../ui/icons';
import { clockText } from '../../ui/timeText';
import type { FeedPlace, View } from '../../ui/WindowedFeed';
import { dayText } from '../events/eventText';
import { captureName, captureTitle, lengthText } from './captureText';

export interface CaptureItemProps extends FeedPlace {
  readonly capture: Capture;
  readonly view: View;
  readonly isSelected: boolean;
  readonly onActivate: (capture: Capture) => void;
  readonly onSelect: (capture: Capture, isRange: boolean) => void;
}

/** One clip or snapshot in the list or among the thumbnails. */
export const CaptureItem = memo(function Item(props: CaptureItemProps) {
  const { capture, view, isSelected, onActivate, onSelect, top, left, width, height } = props;
  const at = Date.parse(capture.timestamp);
  const name = captureName(capture);
  const tags = capture.tags.join(', ');
  const Icon = capture.kind === 'bookmark' ? ClipIcon : SnapshotIcon;
  const title = <span className="event-label gallery-title">{captureTitle(capture)}</span>;
  const when = (
    <span className="event-when numeric">
      <span className="event-clock">{clockText(at)}</span>
      <Day at={at} />
    </span>
  );
  return (
    <article
      className={`event-item event-item-${view} gallery-item-${view}`}
      style={{ transform: `translate(${String(left)}px, ${String(top)}px)`, width, height }}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={name}
      aria-posinset={props.index + 1}
      aria-setsize={-1}
      data-capture-id={capture.id}
      data-active={props.isActive ? 'true' : undefined}
      data-selected={isSelected ? 'true' : undefined}
      onClick={({ ctrlKey, metaKey, shiftKey }) => {
        if (ctrlKey || metaKey || shiftKey) onSelect(capture, shiftKey);
        else onActivate(capture);
      }}
    >
      <input
        type="checkbox"
        className="event-check"
        tabIndex={-1}
        aria-label={t('gallery.select', { name })}
        checked={isSelected}
        onClick={(click) => click.stopPropagation()}
        onChange={() => onSelect(capture, false)}
      />
      <Thumbnail capture={capture} />
      {view === 'list' ? (
        <>
          {when}
          <span className="event-what">
            {title}
            <span className="event-camera">{capture.device_name}</span>
          </span>
          <span className="gallery-tags">{tags}</span>
          <span className="event-zones">{capture.notes}</span>
          <span className="event-marks" title={t(`gallery.kind.${capture.kind}`)}>
            <Icon size={15} />
          </span>
        </>
      ) : (
        <span className="event-card-text">
          <span className="event-card-line">
            {title}
            {tags === '' ? null : <span className="gallery-tags">{tags}</span>}
          </span>
          <span className="event-card-line">
            <span className="event-camera">{capture.device_name}</span>
            {when}
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

function Thumbnail({ capture }: { readonly capture: Capture }) {
  const [isBroken, setBroken] = useState(false);
  const Icon = capture.kind === 'bookmark' ? ClipIcon : SnapshotIcon;
  return (
    <span className="event-thumb">
      {capture.thumbnail_url === null || isBroken ? (
        <span className="event-thumb-none" title={t('gallery.pictureGone')}>
          <Icon size={22} />
        </span>
      ) : (
        <img
          src={capture.thumbnail_url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
      {capture.duration === null ? null : (
        <span className="gallery-length numeric">{lengthText(capture.duration)}</span>
      )}
    </span>
  );
}
