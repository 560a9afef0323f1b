import { useState } from 'react';
import type { AiEvent } from '../../../../contract';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Notice } from '../../../ui/Notice';
import { useFootage } from './useFootage';

/** What was recorded around the event. */
export function FootageVideo({ event }: { readonly event: AiEvent }) {
  const { isOpening, url, error } = useFootage(event, true);
  if (isOpening) return <Opening />;
  if (url === null) return <Failure text={error ?? ''} />;
  return <Player url={url} testId="event-footage" />;
}

/** The clip that the event's trigger made. */
export function ClipVideo({ clipId }: { readonly clipId: string }) {
  const { data, error } = useQuery('bookmarks.get', { id: clipId });
  if (error !== null) return <Failure text={error.status === 404 ? t('event.clipGone') : error.message} />;
  return data === null ? <Opening /> : <Player url={data.video_url} testId="event-clip" />;
}

function Player({ url, testId }: { readonly url: string; readonly testId: string }) {
  const [isUnplayable, setUnplayable] = useState(false);
  if (isUnplayable) return <Failure text={t('event.unplayable')} />;
  return (
    <video
      key={url}
      className="event-video"
      data-testid={testId}
      src={url}
      controls
      controlsList="nodownload noremoteplayback"
      disablePictureInPicture
      autoPlay
      muted
      playsInline
      onError={() => setUnplayable(true)}
    />
  );
}

function Opening() {
  return (
    <div className="event-picture-none">
      <Busy text={t('event.opening')} />
    </div>
  );
}

function Failure({ text }: { readonly text: string }) {
  return (
    <div className="event-picture-none">
      <Notice tone="warn" live="status" title={t('event.playFailed')}>
        {text}
      </Notice>
    </div>
  );
}
