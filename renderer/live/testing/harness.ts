import { bridge } from '../../data/bridge';
import { createLiveClient } from '../liveClient';
import type { LiveFeed } from '../types';

/** What a test sees of one feed. */
export interface Observation {
  readonly state: string;
  readonly error: string | null;
  /** Pictures that the element presented. */
  readonly shown: number;
  readonly framesDecoded: number | null;
  readonly framesDropped: number | null;
  readonly jitterBufferMs: number | null;
  /** States that the feed went through, oldest first. */
  readonly history: string[];
  readonly width: number;
}

interface Tile {
  readonly feed: LiveFeed;
  readonly video: HTMLVideoElement;
  readonly history: string[];
  shown: number;
}

const client = createLiveClient(bridge());
const tiles = new Map<string, Tile>();

/** Driven by the test from outside the page. */
const harness = {
  watch(name: string, cameraId: string, role: 'main' | 'sub'): void {
    const feed = client.watch(cameraId, role);
    const video = document.createElement('video');
    document.body.append(video);
    const tile: Tile = { feed, video, history: ['connecting'], shown: 0 };
    const count = (): void => {
      tile.shown += 1;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    feed.subscribe(() => {
      const { state } = feed.snapshot();
      if (tile.history.at(-1) !== state) tile.history.push(state);
    });
    feed.attach(video);
    tiles.set(name, tile);
  },
  close(name: string): void {
    const tile = tiles.get(name);
    tile?.feed.close();
    tile?.video.remove();
    tiles.delete(name);
  },
  async observe(name: string): Promise<Observation | null> {
    const tile = tiles.get(name);
    if (!tile) return null;
    const { state, error } = tile.feed.snapshot();
    const stats = await tile.feed.stats();
    return {
      state,
      error,
      shown: tile.shown,
      framesDecoded: stats?.framesDecoded ?? null,
      framesDropped: stats?.framesDropped ?? null,
      jitterBufferMs: stats?.jitterBufferMs ?? null,
      history: [...tile.history],
      width: tile.video.videoWidth,
    };
  },
};
Object.assign(window, { harness });
