import { useState } from 'react';
import type { AiEvent } from '../../../contract';
import { t } from '../../strings';
import { EventsIcon } from '../../ui/icons';
import { snapshotUrl } from './eventText';

/** The snapshot of an event, small; in words when there is none. The name of the event stands beside it. */
export function Thumbnail({ event }: { readonly event: AiEvent }) {
  const { snapshot_id: id } = event;
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <span className="event-thumb">
      {id === null || failed === id ? (
        <span className="event-thumb-none" title={t(id === null ? 'events.noPicture' : 'events.pictureGone')}>
          <EventsIcon size={20} />
        </span>
      ) : (
        <img
          src={snapshotUrl(id)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(id)}
        />
      )}
    </span>
  );
}
