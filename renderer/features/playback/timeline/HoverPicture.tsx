import { useEffect, useRef, useState } from 'react';
import { t } from '../../../strings';
import { clockText } from '../../../ui/timeText';
import type { KeyPicture } from '../player/decodeKeys';

export interface HoverPictureProps {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** A small picture of about that time; null where there is none. */
  readonly load: (at: number) => Promise<KeyPicture | null>;
}

/** What was seen where the pointer is; its own time stands on it, because previews lie seconds apart. */
export function HoverPicture({ at, load }: HoverPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const wanted = useRef(at);
  const isLoading = useRef(false);
  const [shownAt, setShownAt] = useState<number | null>(null);
  const isGone = useRef(false);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  useEffect(() => {
    wanted.current = at;
    if (isLoading.current) return;
    isLoading.current = true;
    const follow = async () => {
      // The pointer moves on while one is fetched: then the next one is the newest.
      for (let asked: number | null = null; asked !== wanted.current;) {
        asked = wanted.current;
        const found = await load(asked).catch(() => null);
        const target = canvas.current;
        if (found === null || target === null) {
          found?.picture.close();
          if (!isGone.current) setShownAt(null);
          continue;
        }
        target.width = found.picture.width;
        target.height = found.picture.height;
        target.getContext('2d')?.drawImage(found.picture, 0, 0);
        found.picture.close();
        setShownAt(found.at);
      }
      isLoading.current = false;
    };
    void follow();
  }, [at, load]);

  return (
    <span
      className="playback-hover-picture"
      hidden={shownAt === null}
      data-testid="timeline-preview"
      data-at={shownAt ?? undefined}
    >
      <canvas ref={canvas} />
      {shownAt === null ? null : (
        <span className="playback-hover-stamp numeric">
          {t('playback.pictureOf', { time: clockText(shownAt) })}
        </span>
      )}
    </span>
  );
}
