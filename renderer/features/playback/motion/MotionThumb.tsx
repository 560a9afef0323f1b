import { useEffect, useRef } from 'react';
import type { KeyPicture } from '../player/decodeKeys';
import type { Region } from './region';

export interface MotionThumbProps {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly region: Region;
  /** One after the other; null where there is no picture. */
  readonly load: (at: number, isWanted: () => boolean) => Promise<KeyPicture | null>;
}

/** A picture of a result with the region in it, fetched when it comes into view. */
export function MotionThumb({ at, region, load }: MotionThumbProps) {
  const root = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const wanted = { now: false, loaded: false };
    const show = async () => {
      const found = await load(at, () => wanted.now && !wanted.loaded).catch(() => null);
      if (found === null) return;
      const target = canvas.current;
      if (target !== null && !wanted.loaded) {
        wanted.loaded = true;
        target.width = found.picture.width;
        target.height = found.picture.height;
        target.getContext('2d')?.drawImage(found.picture, 0, 0);
        element.dataset['loaded'] = 'true';
      }
      found.picture.close();
    };
    const observer = new IntersectionObserver(([entry]) => {
      wanted.now = entry?.isIntersecting === true;
      if (wanted.now && !wanted.loaded) void show();
    });
    observer.observe(element);
    return () => {
      wanted.now = false;
      observer.disconnect();
    };
  }, [at, load]);
  return (
    <span ref={root} className="motion-thumb">
      <canvas ref={canvas} />
      {region.shape === 'whole' ? null : (
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          <polygon points={region.points.map(([x, y]) => `${String(x)},${String(y)}`).join(' ')} />
        </svg>
      )}
    </span>
  );
}
