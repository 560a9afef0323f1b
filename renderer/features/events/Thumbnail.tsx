import { useState } from 'react';
import type { AiEvent } from '../../../contract';
import { t } from '../../strings';
import { EventsIcon } from '../../ui/icons';
import { snapshotUrl, thumbnailUrl } from './eventText';

/** The snapshot of an event, small; in words when there is none. The name of the event stands beside it. */
export function Thumbnail({ event }: { readonly event: AiEvent }) {
  const { snapshot_id: id } = event;
  // Where no small one can be made at the moment, the picture itself does.
  const [failed, setFailed] = useState<readonly string[]>([]);
  const addresses = id === null ? [] : [thumbnailUrl(id), snapshotUrl(id)];
  const address = addresses.find((one) => !failed.includes(one));
  return (
    <span className="event-thumb">
      {address === undefined ? (
        <span className="event-thumb-none" title={t(id === null ? 'events.noPicture' : 'events.pictureGone')}>
          <EventsIcon size={20} />
        </span>
      ) : (
        <img
          src={address}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed((before) => [...before, address])}
        />
      )}
    </span>
  );
}
