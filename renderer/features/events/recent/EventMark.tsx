import { t } from '../../../strings';
import { EventsIcon } from '../../../ui/icons';
import { useHadEvent } from './lastEvents';
import './recent.css';

/** For a moment on the tile of a camera that had an event. */
export function EventMark({ cameraId }: { readonly cameraId: string }) {
  if (!useHadEvent(cameraId)) return null;
  return (
    <span className="tile-event" data-testid="event-mark" title={t('recent.mark')}>
      <EventsIcon size={15} />
      <span className="visually-hidden">{t('recent.mark')}</span>
    </span>
  );
}
