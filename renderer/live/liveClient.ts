import type { StreamState } from '../../contract';
import type { VasBridge } from '../../contract/bridge';
import { Feed } from './feed';
import { ReceiveSession } from './receiveSession';
import { Signalling } from './signalling';
import type { LiveSound } from './soundFeed';
import { SoundFeed } from './soundFeed';
import type { LiveClient, LiveFeed, StreamRole } from './types';

/** How often feeds look at the time, milliseconds. */
const TICK_MS = 250;

/** Live view of this window: one device and one transport, shared by all feeds. */
export function createLiveClient(bridge: VasBridge): LiveClient {
  const feeds = new Set<Feed>();
  const sounds = new Set<SoundFeed>();
  let states: readonly StreamState[] = [];
  let closed = false;
  const session = new ReceiveSession(new Signalling(bridge), () => {
    for (const feed of [...feeds, ...sounds]) feed.lost();
  });
  const stateOf = (feed: LiveFeed) =>
    states.find(({ camera_id, role }) => camera_id === feed.cameraId && role === feed.role);
  const unsubscribe = bridge.subscribe('streams.states', {}, ({ streams }) => {
    for (const sound of sounds) if (begins(sound.cameraId, states, streams)) sound.restarted();
    states = streams;
    for (const feed of [...feeds]) feed.report(stateOf(feed));
  });
  // Only while something is watched: a window without tiles sleeps.
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    for (const feed of [...feeds, ...sounds]) feed.tick();
    if (feeds.size + sounds.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const begin = () => {
    timer ??= setInterval(tick, TICK_MS);
  };

  return {
    watch(cameraId: string, role: StreamRole): LiveFeed {
      if (closed) throw new Error('The live client was closed.');
      const feed = new Feed(cameraId, role, session, (gone) => feeds.delete(gone));
      feeds.add(feed);
      begin();
      feed.report(stateOf(feed));
      return feed;
    },
    listen(cameraId: string): LiveSound {
      if (closed) throw new Error('The live client was closed.');
      const sound = new SoundFeed(cameraId, session, (gone) => sounds.delete(gone));
      sounds.add(sound);
      begin();
      return sound;
    },
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      unsubscribe();
      for (const feed of [...feeds, ...sounds]) feed.close();
      session.close();
    },
  };
}

/** Whether the main stream of a camera, which carries the sound, has begun to run between two reports. */
function begins(cameraId: string, before: readonly StreamState[], now: readonly StreamState[]): boolean {
  const phase = (states: readonly StreamState[]) =>
    states.find(({ camera_id, role }) => camera_id === cameraId && role === 'main')?.phase;
  return phase(now) === 'running' && phase(before) !== 'running';
}
