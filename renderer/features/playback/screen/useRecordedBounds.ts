import { useEffect } from 'react';
import type { Device, ResponseOf } from '../../../../contract';
import { MOST_TIMELINE_CAMERAS } from '../../../../contract/playback';
import { useStreams } from '../../../data/StreamsProvider';
import { streamKey } from '../../../data/StreamStore';
import type { QueryState } from '../../../data/useQuery';
import { useQuery } from '../../../data/useQuery';

/** A camera that has just begun to record has something to play in a second or two, milliseconds. */
const LOOK_AGAIN = 2000;

/**
 * First and last moment of which these cameras have footage. As long as there is none it is asked for again while one
 * of them is being recorded: what is being written can be played from its first second on.
 */
export function useRecordedBounds(devices: readonly Device[]): QueryState<ResponseOf<'playback.bounds'>> {
  const camera_ids = devices.slice(0, MOST_TIMELINE_CAMERAS).map(({ id }) => id);
  const bounds = useQuery('playback.bounds', { camera_ids });
  const { refetch } = bounds;
  const isEmpty = bounds.data !== null && bounds.data.first === null;
  const streams = useStreams(isEmpty);
  const isDue =
    isEmpty &&
    devices.some(
      ({ id, recording }) => recording && streams.get(streamKey(id, 'main'))?.state.phase === 'running',
    );
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(refetch, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [isDue, refetch]);
  return bounds;
}
