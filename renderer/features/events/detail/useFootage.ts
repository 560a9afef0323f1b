import { useCallback, useEffect, useRef, useState } from 'react';
import type { AiEvent } from '../../../../contract';
import { command, toCallError } from '../../../data/call';

/** Seconds before the event and after it. */
const BEFORE_S = 5;
const AFTER_S = 25;

export interface Footage {
  readonly isOpening: boolean;
  readonly url: string | null;
  /** Why it cannot be played. */
  readonly error: string | null;
}

const CLOSED: Footage = { isOpening: false, url: null, error: null };

/** The footage around an event, cut out as a temporary clip while `isWanted`. */
export function useFootage(
  { id: eventId, camera_id: cameraId, timestamp }: AiEvent,
  isWanted: boolean,
): Footage {
  const [state, setState] = useState<Footage & { readonly of: string }>({ ...CLOSED, of: '' });
  const open = useRef<string | null>(null);
  const close = useCallback(() => {
    if (open.current !== null) command('live.close-replay', { id: open.current }).catch(() => undefined);
    open.current = null;
  }, []);
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    const at = Date.parse(timestamp);
    command('live.open-footage', {
      camera_id: cameraId,
      start: new Date(at - BEFORE_S * 1000).toISOString(),
      end: new Date(at + AFTER_S * 1000).toISOString(),
    }).then(
      (made) => {
        if (!isCurrent) {
          command('live.close-replay', { id: made.id }).catch(() => undefined);
          return;
        }
        open.current = made.id;
        setState({ ...CLOSED, url: made.url, of: eventId });
      },
      (error: unknown) => {
        if (isCurrent)
          setState({ ...CLOSED, error: toCallError(error, 'live.open-footage').message, of: eventId });
      },
    );
    return () => {
      isCurrent = false;
      close();
      setState({ ...CLOSED, of: '' });
    };
  }, [eventId, cameraId, timestamp, isWanted, close]);
  if (!isWanted) return CLOSED;
  return state.of === eventId ? state : { ...CLOSED, isOpening: true };
}
