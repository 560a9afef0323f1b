import type { PlaybackGapReason } from '../../../../contract/playback';
import { CallError, command, query } from '../../../data/call';
import type { PlaybackClock } from '../clock/PlaybackClock';
import { showsKeyFrames } from '../clock/PlaybackClock';
import { correction } from '../clock/sync';
import type { KeyPicture } from './decodeKeys';
import { decodeKeys } from './decodeKeys';
import { HlsFeed } from './HlsFeed';
import { readKeyPack } from './keyPack';
import { KeyReel } from './KeyReel';
import type { MappedPart } from './mediaMap';
import { locate, wallAt } from './mediaMap';

/** A stretch without footage; null where it is open. Milliseconds since the epoch. */
export interface TileGap {
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: PlaybackGapReason;
}

export type TileState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'picture' }
  | { readonly kind: 'gap'; readonly gap: TileGap }
  | { readonly kind: 'error'; readonly message: string };

interface Session {
  readonly id: string;
  readonly address: string;
  readonly feed: HlsFeed;
  readonly reel: KeyReel;
  parts: readonly MappedPart[];
}

const DECODES = ['hevc', 'av1', 'vp9'].filter((codec) =>
  MediaSource.isTypeSupported(
    `video/mp4; codecs="${{ hevc: 'hvc1.1.6.L93.B0', av1: 'av01.0.08M.08', vp9: 'vp09.00.40.08' }[codec] ?? codec}"`,
  ),
);
/** Width of a preview, pixels. */
const PREVIEW_WIDTH = 176;
/** A tile that is not ready keeps the others waiting no longer than this, milliseconds. */
const PATIENCE = 1500;
/** Footage that is being written is looked for again after this, milliseconds. */
const LOOK_AGAIN = 1000;
/** Beyond the list's end by more than this a new session is cheaper than waiting, milliseconds. */
const NEAR = 6000;

/** Plays the recordings of one camera by the clock of the screen: video, or key frames on a canvas. */
export class TilePlayer {
  readonly cameraId: string;
  readonly #clock: PlaybackClock;
  readonly #video: HTMLVideoElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #onState: (state: TileState) => void;
  #state: TileState = { kind: 'loading' };
  #session: Session | null = null;
  #opening: AbortController | null = null;
  #jumps = -1;
  #waitingSince: number | null = null;
  #retryAt = 0;
  #drawn: number | null = null;
  #isStopped = false;

  constructor(options: {
    cameraId: string;
    clock: PlaybackClock;
    video: HTMLVideoElement;
    canvas: HTMLCanvasElement;
    onState: (state: TileState) => void;
  }) {
    this.cameraId = options.cameraId;
    this.#clock = options.clock;
    this.#video = options.video;
    this.#canvas = options.canvas;
    this.#onState = options.onState;
  }

  get state(): TileState {
    return this.#state;
  }

  /** Of what it plays; null while there is nothing. */
  get address(): string | null {
    return this.#session?.address ?? null;
  }

  /** Seconds that it is ahead of the clock; null while it shows no video. */
  get ahead(): number | null {
    const wall = this.#session === null ? null : wallAt(this.#session.parts, this.#video.currentTime);
    if (wall === null || this.#state.kind !== 'picture' || this.#drawn !== null) return null;
    return (wall - this.#clock.position()) / 1000;
  }

  /** Once for each picture of the screen. */
  tick(): void {
    if (this.#isStopped) return;
    const position = this.#clock.position();
    const state = this.#clock.state();
    const isJump = state.jumps !== this.#jumps;
    this.#jumps = state.jumps;
    if (isJump) {
      this.#retryAt = 0;
      this.#waitingSince = null;
    }
    if (this.#stillInGap(position)) return this.#rest();
    if (showsKeyFrames(state)) this.#tickKeys(position, state.isScrubbing ? 0 : state.rate);
    else this.#tickVideo(position, state.rate);
  }

  /**
   * A small picture of about a moment; null where there is none.
   * @param isExact rather the key frame at that moment than the preview from before it
   */
  async preview(at: number, isExact = false): Promise<KeyPicture | null> {
    const address = this.#session?.address;
    if (address === undefined) return null;
    const us = String(Math.max(0, Math.round(at * 1000)));
    const places = [`${address}/preview/${us}`, `${address}/keys/${us}/${us}/0`];
    for (const place of isExact ? places.reverse() : places) {
      const reply = await fetch(place);
      if (!reply.ok) continue;
      const pictures = await decodeKeys(readKeyPack(await reply.arrayBuffer()), PREVIEW_WIDTH);
      if (pictures.length === 0) continue;
      for (const { picture } of pictures.slice(1)) picture.close();
      return pictures[0] ?? null;
    }
    return null;
  }

  stop(): void {
    this.#isStopped = true;
    this.#clock.release(this);
    this.#endSession();
  }

  #tickKeys(position: number, rate: number): void {
    this.#video.pause();
    this.#clock.release(this);
    if (this.#session === null) {
      this.#open(position);
      return;
    }
    // The canvas has no width while it is hidden.
    const width = this.#video.clientWidth * devicePixelRatio;
    const { reel } = this.#session;
    const shown = reel.at(position, rate, width);
    // Far from what was found the picture would be a wrong one.
    if (shown === null || position - shown.at > Math.max(15_000, Math.abs(rate) * 4000)) {
      // What was shown stays until there is an answer.
      if (reel.isBusy) return;
      this.#askGap(position);
      return;
    }
    this.#to({ kind: 'picture' });
    if (this.#drawn === shown.at) return;
    this.#drawn = shown.at;
    this.#canvas.width = shown.picture.width;
    this.#canvas.height = shown.picture.height;
    this.#canvas.getContext('2d')?.drawImage(shown.picture, 0, 0);
    this.#canvas.dataset['at'] = String(shown.at);
    this.#canvas.hidden = false;
  }

  #tickVideo(position: number, rate: number): void {
    const session = this.#session;
    if (session === null) return this.#open(position);
    const place = locate(session.parts, position);
    const first = session.parts[0];
    const last = session.parts.at(-1);
    if (place.kind === 'gap')
      return this.#toGap({ from: place.from, to: place.to, reason: 'unknown' }, position);
    if (first === undefined || last === undefined) return this.#waitFor(position);
    if (place.kind === 'before') {
      // A session begins a little before its position, or behind a gap.
      return this.#askGap(position, () => this.#reopen(position));
    }
    if (place.kind === 'after') {
      const behind = position - (last.wall + last.seconds * 1000);
      return this.#askGap(position, () => (behind > NEAR ? this.#reopen(position) : this.#waitFor(position)));
    }
    this.#follow(place.seconds, rate);
  }

  #follow(target: number, rate: number): void {
    const video = this.#video;
    const isMoving = this.#clock.isMoving();
    const ahead = video.currentTime - target;
    const isReady = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !video.seeking;
    if (!isReady) {
      // A jump while one is under way: the last one counts.
      if (Math.abs(ahead) > 0.5) video.currentTime = target + 0.002;
      return this.#waitFor(null);
    }
    const wanted = this.#clock.state().isPlaying ? rate : 0;
    const act = correction(ahead, wanted);
    if (act.kind === 'seek') {
      video.currentTime = target + 0.002;
      return this.#waitFor(null);
    }
    this.#shown();
    if (wanted === 0 || !isMoving) {
      if (!video.paused) video.pause();
      return;
    }
    if (Math.abs(video.playbackRate - act.rate) > 0.01 * rate) video.playbackRate = act.rate;
    if (video.paused) void video.play().catch(() => undefined);
  }

  /** There is a picture of the moment: the canvas gives way to it. */
  #shown(): void {
    this.#waitingSince = null;
    this.#clock.release(this);
    this.#drawn = null;
    this.#canvas.hidden = true;
    this.#video.dataset['at'] = String(Math.round(this.#clock.position()));
    this.#to({ kind: 'picture' });
  }

  /** The others wait for this tile for a while. @param position where something new has to be found; or null */
  #waitFor(position: number | null): void {
    const now = performance.now();
    this.#waitingSince ??= now;
    const isPatient = now - this.#waitingSince < PATIENCE;
    if (isPatient) this.#clock.hold(this);
    else this.#clock.release(this);
    if (!isPatient) this.#to({ kind: 'loading' });
    if (position !== null && now - this.#waitingSince > 3 * PATIENCE) {
      this.#waitingSince = now;
      this.#reopen(position);
    }
  }

  #rest(): void {
    if (!this.#video.paused) this.#video.pause();
    this.#canvas.hidden = true;
    this.#drawn = null;
    this.#clock.release(this);
  }

  #stillInGap(position: number): boolean {
    if (this.#state.kind !== 'gap') return false;
    const { from, to } = this.#state.gap;
    const isInside = (from === null || position >= from) && (to === null || position < to);
    // Nothing follows yet: recording may go on.
    return isInside && (to !== null || performance.now() < this.#retryAt);
  }

  /** Asks whether there is footage of a moment; `otherwise` when there is. */
  #askGap(position: number, otherwise?: () => void): void {
    if (this.#opening !== null) return this.#waitFor(null);
    if (performance.now() < this.#retryAt) return this.#waitFor(null);
    const asking = new AbortController();
    this.#opening = asking;
    query('playback.gap', { camera_id: this.cameraId, at: new Date(position).toISOString() })
      .then(
        ({ gap }) => {
          if (asking.signal.aborted) return;
          if (gap === null) otherwise?.();
          else this.#setGap(gap);
        },
        (error: unknown) => this.#fail(error),
      )
      .finally(() => {
        if (this.#opening === asking) this.#opening = null;
      });
    this.#waitFor(null);
  }

  #toGap(gap: TileGap, position: number): void {
    this.#rest();
    if (this.#state.kind !== 'gap') this.#to({ kind: 'gap', gap });
    // Its reason stands in the archive.
    if (gap.reason === 'unknown') this.#askGap(position);
  }

  #setGap(gap: { from: string | null; to: string | null; reason: PlaybackGapReason }): void {
    const at = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));
    this.#retryAt = performance.now() + LOOK_AGAIN;
    this.#waitingSince = null;
    this.#to({ kind: 'gap', gap: { from: at(gap.from), to: at(gap.to), reason: gap.reason } });
    this.#rest();
  }

  #reopen(position: number): void {
    this.#opening?.abort();
    this.#opening = null;
    this.#endSession();
    this.#open(position);
  }

  #open(position: number): void {
    if (this.#opening !== null) return this.#waitFor(null);
    if (performance.now() < this.#retryAt) return;
    const opening = new AbortController();
    this.#opening = opening;
    this.#waitFor(null);
    const request = { camera_id: this.cameraId, at: new Date(position).toISOString(), decodes: DECODES };
    command('playback.open', request)
      .then(
        ({ id, playlist, keys, start, media }) => {
          if (opening.signal.aborted || this.#isStopped) {
            void command('playback.close', { id }).catch(() => undefined);
            return;
          }
          const session: Session = {
            id,
            address: playlist.slice(0, playlist.lastIndexOf('/')),
            parts: [],
            reel: new KeyReel(keys),
            feed: new HlsFeed(this.#video, playlist, media, {
              onParts: (parts) => {
                session.parts = parts;
              },
              onFailure: (message, isGone) => this.#lost(session, message, isGone),
            }),
          };
          this.#session = session;
          const first = Date.parse(start);
          if (first > position + 500) this.#toGap({ from: null, to: first, reason: 'unknown' }, position);
        },
        async (error: unknown) => {
          if (opening.signal.aborted) return;
          this.#retryAt = performance.now() + LOOK_AGAIN;
          if (!(error instanceof CallError) || error.status !== 404) return this.#fail(error);
          const { gap } = await query('playback.gap', { camera_id: this.cameraId, at: request.at });
          this.#setGap(gap ?? { from: null, to: null, reason: 'unknown' });
        },
      )
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        if (this.#opening === opening) this.#opening = null;
      });
  }

  #lost(session: Session, message: string, isGone: boolean): void {
    if (this.#session !== session) return;
    this.#endSession();
    this.#retryAt = performance.now() + LOOK_AGAIN;
    // Given up by retention: what comes next is found by opening anew.
    if (!isGone) this.#fail(new Error(message));
  }

  #fail(error: unknown): void {
    this.#retryAt = performance.now() + 5 * LOOK_AGAIN;
    this.#waitingSince = null;
    this.#clock.release(this);
    this.#to({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = null;
    if (session === null) return;
    session.feed.destroy();
    session.reel.close();
    this.#drawn = null;
    void command('playback.close', { id: session.id }).catch(() => undefined);
  }

  #to(state: TileState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#onState(state);
  }
}
