import type { LiveClient, LiveFeed, LiveFeedSnapshot, StreamRole } from '../live/types';
import { drawScene } from './scene';
import type { Scenario } from './scenarios';
import { CHANGE_AFTER_MS } from './scenarios';

const PICTURE_EVERY_MS = 66;
const FIRST_PICTURE_MS = 400;
/** Painted scenes make no sound. */
const SILENCE = { state: 'unavailable', error: null } as const;
const STALLED_AFTER_MS = 2_000;

/** Live views of painted scenes. */
export function fakeLiveClient(scenario: Scenario): LiveClient {
  const feeds = new Set<LiveFeed>();
  return {
    watch(cameraId, role) {
      const index = scenario.cameras.findIndex(({ device }) => device.id === cameraId);
      const feed = fakeFeed(cameraId, role, index, scenario.cameras[index]?.feed ?? 'live');
      feeds.add(feed);
      return feed;
    },
    listen: (cameraId) => ({
      cameraId,
      snapshot: () => SILENCE,
      subscribe: () => () => undefined,
      attach: () => () => undefined,
      level: () => Promise.resolve(0),
      close: () => undefined,
    }),
    close() {
      for (const feed of feeds) feed.close();
    },
  };
}

function fakeFeed(
  cameraId: string,
  role: StreamRole,
  index: number,
  kind: 'live' | 'freezes' | 'none',
): LiveFeed {
  const listeners = new Set<() => void>();
  const canvas = document.createElement('canvas');
  canvas.width = role === 'sub' ? 640 : 1280;
  canvas.height = role === 'sub' ? 360 : 720;
  const context = canvas.getContext('2d');
  const opened = performance.now();
  let now: LiveFeedSnapshot = { state: 'connecting', stream: null, error: null, lastPictureAt: null };
  let video: HTMLVideoElement | null = null;
  let drawnAt = 0;

  const set = (change: Partial<LiveFeedSnapshot>) => {
    now = { ...now, ...change };
    if (video !== null && video.srcObject !== now.stream) video.srcObject = now.stream;
    for (const listener of listeners) listener();
  };
  const timer = setInterval(() => {
    const at = performance.now();
    if (kind === 'none' || at - opened < FIRST_PICTURE_MS) return;
    if (kind === 'freezes' && at > CHANGE_AFTER_MS && drawnAt > 0) {
      if (now.state === 'live' && at - drawnAt > STALLED_AFTER_MS)
        set({ state: 'stalled', lastPictureAt: drawnAt });
      return;
    }
    if (context !== null) drawScene(context, index, at, role);
    drawnAt = at;
    if (now.state === 'connecting') set({ state: 'live', stream: canvas.captureStream(), lastPictureAt: at });
  }, PICTURE_EVERY_MS);

  return {
    cameraId,
    role,
    snapshot: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach(element) {
      video = element;
      element.srcObject = now.stream;
      return () => {
        video = null;
        element.srcObject = null;
      };
    },
    stats: () => Promise.resolve(null),
    close() {
      clearInterval(timer);
      for (const track of now.stream?.getTracks() ?? []) track.stop();
      set({ state: 'closed', stream: null });
    },
  };
}
