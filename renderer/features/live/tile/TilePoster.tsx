import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useNowSeconds } from '../../../data/useNow';
import { lastPictures } from './LastPictures';
import { lastPictureText } from './tileText';

export interface TilePosterProps {
  readonly cameraId: string;
  /** Keeps the picture that the tile still has. */
  readonly onKeep: () => void;
}

/** The last picture of a camera, dimmed and marked with its time; dark when there is none. */
export function TilePoster({ cameraId, onKeep }: TilePosterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useSyncExternalStore(
    lastPictures.subscribe,
    useCallback(() => lastPictures.newest(cameraId), [cameraId]),
  );
  useEffect(() => lastPictures.restore(cameraId), [cameraId]);
  // Layout effects, before the paint that shows the message: the picture is there at once.
  useLayoutEffect(onKeep, [onKeep]);
  useLayoutEffect(() => {
    const target = canvas.current;
    if (target === null || picture === null) return;
    target.width = picture.canvas.width;
    target.height = picture.canvas.height;
    target.getContext('2d')?.drawImage(picture.canvas, 0, 0);
  }, [picture]);
  const thumbnail = useMemo(() => lastPictures.thumbnail(cameraId), [cameraId]);
  if (picture !== null)
    return (
      <>
        <canvas ref={canvas} className="tile-video tile-poster" data-testid="poster" />
        <PosterTime at={picture.at} />
      </>
    );
  if (thumbnail === null) return <div className="tile-blank" />;
  return (
    <>
      {/* Decoded with the paint that shows the tile. */}
      <img
        className="tile-video tile-poster"
        data-testid="poster"
        src={thumbnail.src}
        alt=""
        decoding="sync"
      />
      <PosterTime at={thumbnail.at} />
    </>
  );
}

function PosterTime({ at }: { readonly at: number }) {
  const now = useNowSeconds() * 1000;
  return <p className="tile-poster-time numeric">{lastPictureText(at, now)}</p>;
}
