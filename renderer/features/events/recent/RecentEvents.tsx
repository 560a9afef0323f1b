import { useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import type { AiEvent } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { ChevronIcon, EventsIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { clockText } from '../../../ui/timeText';
import { useNavigation } from '../../shell/Navigation';
import { eventName, labelText } from '../eventText';
import { Thumbnail } from '../Thumbnail';
import { useRecentEvents } from './useRecentEvents';
import '../events.css';
import './recent.css';

const KEPT = 'vas.live.recentEvents.';

/** The newest events beside the wall; nothing where no model is assigned to a camera. */
export function RecentEvents({ windowId }: { readonly windowId: string }) {
  const { data } = useQuery('ai-model-assignments.list', {});
  if (data === null || data.assignments.length === 0) return null;
  return <Strip windowId={windowId} />;
}

function Strip({ windowId }: { readonly windowId: string }) {
  const [isOpen, setOpen] = useState(() => {
    const kept = window.localStorage.getItem(KEPT + windowId);
    // A window of its own is for looking at the wall.
    return kept === null ? windowId === 'main' : kept === 'open';
  });
  const toggle = () => {
    window.localStorage.setItem(KEPT + windowId, isOpen ? 'closed' : 'open');
    setOpen(!isOpen);
  };
  return (
    <aside className="recent" aria-label={t('recent.title')} data-open={isOpen ? 'true' : undefined}>
      <header className="recent-head">
        {isOpen ? <h2>{t('recent.title')}</h2> : null}
        <IconButton label={t(isOpen ? 'recent.close' : 'recent.open')} onPress={toggle}>
          {isOpen ? <ChevronIcon size={16} className="recent-away" /> : <EventsIcon size={18} />}
        </IconButton>
      </header>
      {isOpen ? <List /> : null}
    </aside>
  );
}

function List() {
  const events = useRecentEvents();
  const { byId } = useDevices();
  const { open } = useNavigation();
  if (events === null || events.length === 0) return <p className="recent-none">{t('recent.none')}</p>;
  return (
    <ul className="recent-list">
      {events.map((event) => (
        <li key={event.id}>
          <Entry
            event={event}
            camera={byId.get(event.camera_id)?.name ?? t('events.unknownCamera')}
            onOpen={() => open('events', { eventId: event.id })}
          />
        </li>
      ))}
    </ul>
  );
}

interface EntryProps {
  readonly event: AiEvent;
  readonly camera: string;
  readonly onOpen: () => void;
}

function Entry({ event, camera, onOpen }: EntryProps) {
  return (
    <PlainButton
      className="recent-event"
      aria-label={eventName(event, camera)}
      data-recent-id={event.id}
      onPress={onOpen}
    >
      <Thumbnail event={event} />
      <span className="recent-line">
        <span className="event-label">{labelText(event)}</span>
        <span className="recent-time numeric">{clockText(Date.parse(event.timestamp))}</span>
      </span>
      <span className="event-camera">{camera}</span>
    </PlainButton>
  );
}
