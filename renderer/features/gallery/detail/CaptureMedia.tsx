import { useState } from 'react';
import type { Capture } from '../../../../contract';
import { t } from '../../../strings';
import { Notice } from '../../../ui/Notice';
import { captureName } from '../captureText';

/** The picture, or the clip with its player. Mounted anew for each. */
export function CaptureMedia({ capture }: { readonly capture: Capture }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken)
    return (
      <div className="event-picture-none">
        <Notice tone="warn" live="status" title={t('gallery.pictureGone')}>
          {capture.kind === 'bookmark' ? t('gallery.unplayable') : undefined}
        </Notice>
      </div>
    );
  return capture.kind === 'snapshot' ? (
    <img
      className="event-video"
      data-testid="gallery-picture"
      src={capture.url}
      alt={captureName(capture)}
      onError={() => setBroken(true)}
    />
  ) : (
    <video
      className="event-video"
      data-testid="gallery-video"
      src={capture.url}
      aria-label={captureName(capture)}
      {...(capture.thumbnail_url === null ? {} : { poster: capture.thumbnail_url })}
      controls
      controlsList="nodownload noremoteplayback"
      disablePictureInPicture
      muted
      playsInline
      onError={() => setBroken(true)}
    />
  );
}
