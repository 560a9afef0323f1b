import type { StreamState } from '../../contract';
import type { LiveFeedState } from './types';

/** No decoded picture for this long is a frozen picture, milliseconds (issue "First screens"). */
export const STALLED_AFTER_MS = 2_000;
/** A stalled view of a stream that runs is fetched anew after this long, milliseconds. */
const PATIENCE_MS = 4_000;
/** What is added to the distance of key frames, for which every new view waits, milliseconds. */
const KEY_FRAME_MARGIN_MS = 2_000;
/** Each fruitless attempt doubles the patience, up to this, milliseconds. */
const MAX_PATIENCE_MS = 30_000;
/** Pause before the first repeated attempt, and the longest, milliseconds. */
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 5_000;

/** What the main process reported about the stream. */
export interface Reported {
  /** Null when there is nothing to consume. */
  readonly producerId: string | null;
  readonly running: boolean;
  /** Seconds between key frames, null when unknown. */
  readonly gopSeconds: number | null;
}

/**
 * Everything a feed decides upon; times are `performance.now()` milliseconds. Immutable.
 * A feed is at any time idle, fetching a view, or has one.
 */
export interface FeedModel {
  /** A sub-stream starts by being watched, so it is fetched although nothing is reported about it. */
  readonly startsByWatching: boolean;
  readonly closed: boolean;
  readonly reported: Reported | null;
  /** An attempt to fetch a view is on its way. */
  readonly fetching: boolean;
  /** Another producer was reported during that attempt. */
  readonly outdated: boolean;
  /** Producer of the view; null while there is no view. */
  readonly viewOf: string | null;
  /** When the view was there or the stream began to run, whatever was later. */
  readonly patientSince: number;
  readonly lastPictureAt: number | null;
  /** Attempts that failed in a row. */
  readonly failures: number;
  /** Views in a row that showed nothing. */
  readonly fruitless: number;
  readonly retryAt: number;
  readonly error: string | null;
  readonly stalled: boolean;
}

export type FeedEvent =
  | { readonly type: 'reported'; readonly reported: Reported | null }
  | { readonly type: 'viewing'; readonly producerId: string }
  | { readonly type: 'failed'; readonly message: string }
  /** The view ended from outside, for example with its transport. */
  | { readonly type: 'lost' }
  | { readonly type: 'picture' }
  | { readonly type: 'tick' }
  | { readonly type: 'closed' };

/** What has to be done about it: give the view back, and fetch one. */
export interface FeedStep {
  readonly model: FeedModel;
  readonly drop: boolean;
  readonly fetch: boolean;
}

export function newFeed(role: StreamState['role'], now: number): FeedModel {
  return {
    startsByWatching: role === 'sub',
    closed: false,
    reported: null,
    fetching: false,
    outdated: false,
    viewOf: null,
    patientSince: now,
    lastPictureAt: null,
    failures: 0,
    fruitless: 0,
    retryAt: now,
    error: null,
    stalled: false,
  };
}

export function reportedOf(state: StreamState | undefined): Reported | null {
  if (!state) return null;
  return {
    producerId: state.producer_id,
    running: state.phase === 'running',
    gopSeconds: state.info?.video.gopSeconds ?? null,
  };
}

export function stateOf(model: FeedModel): LiveFeedState {
  if (model.closed) return 'closed';
  if (model.lastPictureAt === null || model.viewOf === null) return 'connecting';
  return model.stalled ? 'stalled' : 'live';
}

/** The next step of a feed. Pure: time comes in as `now`. */
export function step(model: FeedModel, event: FeedEvent, now: number): FeedStep {
  if (model.closed) return { model, drop: event.type === 'viewing', fetch: false };
  switch (event.type) {
    case 'reported':
      return onReported(model, event.reported, now);
    case 'viewing':
      return onViewing(model, event.producerId, now);
    case 'failed':
      return keep({
        ...model,
        fetching: false,
        failures: model.failures + 1,
        retryAt: now + Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** model.failures),
        error: event.message,
      });
    case 'lost':
      return model.viewOf === null ? keep(model) : refetch(model, now);
    case 'picture':
      if (model.viewOf === null) return keep(model);
      return keep({ ...model, lastPictureAt: now, stalled: false, fruitless: 0, error: null });
    case 'tick':
      return onTick(model, now);
    case 'closed':
      return { model: { ...model, closed: true, viewOf: null }, drop: model.viewOf !== null, fetch: false };
  }
}

function onViewing(model: FeedModel, producerId: string, now: number): FeedStep {
  const next = { ...model, fetching: false, viewOf: producerId, patientSince: now, failures: 0 };
  const stale = model.outdated && model.reported?.producerId !== producerId;
  return stale ? refetch(next, now) : keep(next);
}

function onReported(model: FeedModel, reported: Reported | null, now: number): FeedStep {
  const before = model.reported;
  const begins = reported?.running === true && before?.running !== true;
  const next = { ...model, reported, patientSince: begins ? now : model.patientSince };
  const producerId = reported?.producerId ?? null;
  // Reports lag behind replies: only one that changes says something new.
  if (producerId === (before?.producerId ?? null)) return fetchIfDue(next, now);
  const retryNow = { ...next, retryAt: now, failures: 0, outdated: model.fetching };
  if (next.viewOf === null || producerId === next.viewOf) return fetchIfDue(retryNow, now);
  return refetch(retryNow, now);
}

function onTick(model: FeedModel, now: number): FeedStep {
  if (model.viewOf === null) return fetchIfDue(model, now);
  const { lastPictureAt, patientSince } = model;
  const stalled = lastPictureAt !== null && now - lastPictureAt >= STALLED_AFTER_MS;
  const next = stalled === model.stalled ? model : { ...model, stalled };
  if (model.reported?.running !== true) return keep(next);
  const darkSince = Math.max(patientSince, lastPictureAt === null ? 0 : lastPictureAt + STALLED_AFTER_MS);
  if (now - darkSince < patienceOf(model)) return keep(next);
  return refetch({ ...next, fruitless: model.fruitless + 1 }, now);
}

function patienceOf({ reported, fruitless }: FeedModel): number {
  const keyFrame = (reported?.gopSeconds ?? 0) * 1000 + KEY_FRAME_MARGIN_MS;
  return Math.min(MAX_PATIENCE_MS, Math.max(PATIENCE_MS, keyFrame) * 2 ** fruitless);
}

function refetch(model: FeedModel, now: number): FeedStep {
  return { ...fetchIfDue({ ...model, viewOf: null }, now), drop: true };
}

function fetchIfDue(model: FeedModel, now: number): FeedStep {
  const possible = model.startsByWatching || (model.reported?.producerId ?? null) !== null;
  const fetch = possible && model.viewOf === null && !model.fetching && now >= model.retryAt;
  return { model: fetch ? { ...model, fetching: true, outdated: false } : model, drop: false, fetch };
}

function keep(model: FeedModel): FeedStep {
  return { model, drop: false, fetch: false };
}
