import type { StreamState } from '../../contract';
import type { VasBridge } from '../../contract/bridge';
import { Feed } from './feed';
import { ReceiveSession } from './receiveSession';
import { Signalling } from './signalling';
import type { LiveClient, LiveFeed, StreamRole } from './types';

/** How often feeds look at the time, milliseconds. */
const TICK_MS = 250;

/** Live view of this window: one device and one transport, shared by all feeds. */
export function createLiveClient(bridge: VasBridge): LiveClient {
  const feeds = new Set<Feed>();
  let states: readonly StreamState[] = [];
  let closed = false;
  const session = new ReceiveSession(new Signalling(bridge), () => {
    for (const feed of [...feeds]) feed.lost();
  });
  const stateOf = (feed: LiveFeed) =>
    states.find(({ camera_id, role }) => camera_id === feed.cameraId && role === feed.role);
  const unsubscribe = bridge.subscribe('streams.states', {}, ({ streams }) => {
    states = streams;
    for (const feed of [...feeds]) feed.report(stateOf(feed));
  });
  const timer = setInterval(() => {
    for (const feed of [...feeds]) feed.tick();
  }, TICK_MS);

  return {
    watch(cameraId: string, role: StreamRole): LiveFeed {
      if (closed) throw new Error('The live client was closed.');
      const feed = new Feed(cameraId, role, session, (gone) => feeds.delete(gone));
      feeds.add(feed);
      feed.report(stateOf(feed));
      return feed;
    },
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      unsubscribe();
      for (const feed of [...feeds]) feed.close();
      session.close();
    },
  };
}
