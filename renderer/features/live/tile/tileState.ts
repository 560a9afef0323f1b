import type { Failure, StreamCondition } from '../../../data/streamCondition';
import { isSilent } from '../../../data/streamCondition';
import type { LiveFeedState } from '../../../live/types';

/** What a tile shows. Only `live` stands for a moving picture; everything else says so in words. */
export type TileState =
  | { readonly kind: 'empty' }
  /** `problem`: why the last attempt to fetch the picture failed. */
  | { readonly kind: 'connecting'; readonly problem: string | null }
  | { readonly kind: 'live' }
  /** The picture on screen is from `since`, milliseconds since the epoch. */
  | { readonly kind: 'stalled'; readonly since: number }
  | ({ readonly kind: 'reconnecting' } & Failure)
  /** The camera holds the connection, but has sent nothing for longer than it takes to reconnect. */
  | ({ readonly kind: 'silent' } & Failure)
  | ({ readonly kind: 'offline' } & Failure)
  | { readonly kind: 'stopped' };

export type TileStateKind = TileState['kind'];

export interface FeedView {
  readonly state: LiveFeedState;
  readonly error: string | null;
  /** Wall clock of the last picture, milliseconds since the epoch; null before the first. */
  readonly lastPictureAt: number | null;
}

/**
 * Joins what the main process says about the stream with what this window sees of it. A picture is `live`
 * only while pictures are decoded here; the word of the main process wins where it knows of a loss.
 */
export function tileStateOf(condition: StreamCondition, feed: FeedView | null): TileState {
  switch (condition.kind) {
    case 'stopped':
      return { kind: 'stopped' };
    case 'reconnecting':
      return condition;
    case 'offline':
      return isSilent(condition.fault) ? { ...condition, kind: 'silent' } : condition;
    case 'silent':
      return feed?.lastPictureAt == null
        ? { kind: 'connecting', problem: null }
        : { kind: 'stalled', since: feed.lastPictureAt };
    case 'connecting':
    case 'running':
      return fromFeed(feed);
  }
}

function fromFeed(feed: FeedView | null): TileState {
  if (feed === null) return { kind: 'connecting', problem: null };
  switch (feed.state) {
    case 'live':
      return { kind: 'live' };
    case 'stalled':
      return feed.lastPictureAt === null
        ? { kind: 'connecting', problem: feed.error }
        : { kind: 'stalled', since: feed.lastPictureAt };
    case 'connecting':
    case 'closed':
      return { kind: 'connecting', problem: feed.error };
  }
}
