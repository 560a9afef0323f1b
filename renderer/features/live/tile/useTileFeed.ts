import type { RefObject } from 'react';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Device } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { useSession } from '../../../data/SessionProvider';
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
  const session = useSession();
  const isTold = session !== null;
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

  // With a new list only: when somebody else signs in, the list on hand still is that of whoever was here before.
  const tidy = useEffectEvent((listed: readonly Device[]) =>
    lastPictures.keepOnly(session?.cameras.live === null ? listed.map(({ id }) => id) : null),
  );
  useEffect(() => {
    if (isTold && devices !== null) tidy(devices);
  }, [isTold, devices]);

  const view = useSyncExternalStore(feeds.subscribe, feeds.view);
  return { video, view, keep: feeds.keep, stats: feeds.stats };
}
