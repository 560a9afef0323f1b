import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDevices } from '../../../data/DevicesProvider';
import type { Role } from '../../../data/StreamStore';
import type { SwitchView } from './FeedSwitch';
import { FeedSwitch } from './FeedSwitch';
import { lastPictures } from './LastPictures';
import { useLiveClient } from '../LiveClientContext';

export interface TileFeed {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Null while nothing is watched. */
  readonly view: SwitchView | null;
  /** Keeps the picture that is in the element. */
  readonly keep: () => void;
  readonly stats: FeedSwitch['stats'];
}

/** Shows a stream in a tile's element while `wanted` is not null; closes it with the tile. */
export function useTileFeed(cameraId: string, wanted: Role | null): TileFeed {
  const client = useLiveClient();
  const { devices } = useDevices();
  const video = useRef<HTMLVideoElement>(null);
  const [feeds] = useState(() => new FeedSwitch(client, lastPictures));

  // Layout effects: the last picture must be kept while the element still has it.
  useLayoutEffect(() => {
    if (video.current === null) return;
    return feeds.bind(video.current);
  }, [feeds]);
  useEffect(() => {
    if (wanted === null) feeds.stop();
    else feeds.show(cameraId, wanted);
  }, [feeds, cameraId, wanted]);

  useEffect(() => {
    if (devices !== null) lastPictures.keepOnly(devices.map(({ id }) => id));
  }, [devices]);

  const view = useSyncExternalStore(feeds.subscribe, feeds.view);
  return { video, view, keep: feeds.keep, stats: feeds.stats };
}
