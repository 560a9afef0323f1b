import { CallError, query } from '../../../data/call';
import type { PlaybackClock } from '../clock/PlaybackClock';
import { showsKeyFrames } from '../clock/PlaybackClock';
import { INTO_PICTURE, correction } from '../clock/sync';
import type { KeyPicture } from './decodeKeys';
import { locate, wallAt } from './mediaMap';
import type { TileGap, TileState } from './tileState';
import { gapOf, isInside } from './tileState';
import { TilePicture } from './TilePicture';
import { TileSession } from './TileSession';

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
  readonly #picture: TilePicture;
  readonly #video: HTMLVideoElement;
  readonly #onState: (state: TileState) => void;
  #state: TileState = { kind: 'loading' };
  #session: TileSession | null = null;
  #opening: AbortController | null = null;
  #jumps = -1;
  /** The clock was set since the video was last found in its place. */
  #hasJumped = false;
  #waitingSince: number | null = null;
  #retryAt = 0;
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
    this.#picture = new TilePicture(options.video, options.canvas);
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
    if (wall === null || this.#state.kind !== 'picture' || this.#picture.isKey) return null;
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
      this.#hasJumped = true;
    }
    if (this.#stillInGap(position)) return this.#rest();
    if (showsKeyFrames(state)) this.#tickKeys(position, state.isScrubbing ? 0 : state.rate);
    else this.#tickVideo(position, state.rate);
  }

  /**
   * A small picture of about a moment; null where there is none.
   * @param isExact rather the key frame at that moment than the preview from before it
   */
  preview(at: number, isExact = false): Promise<KeyPicture | null> {
    return this.#session?.preview(at, isExact) ?? Promise.resolve(null);
  }

  stop(): void {
    this.#isStopped = true;
    // What is still asked for must not hold the clock of the others when it is answered.
    this.#opening?.abort();
    this.#clock.release(this);
    this.#endSession();
  }

  #tickKeys(position: number, rate: number): void {
    this.#video.pause();
    this.#clock.release(this);
    if (this.#session === null) return this.#open(position);
    const { reel } = this.#session;
    const shown = reel.at(position, rate, this.#picture.width);
    // Far from what was found the picture would be a wrong one.
    if (shown === null || position - shown.at > Math.max(15_000, Math.abs(rate) * 4000)) {
      // What was shown stays until there is an answer.
      if (!reel.isBusy) this.#askGap(position);
      return;
    }
    this.#to({ kind: 'picture' });
    this.#picture.showKey(shown);
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
      if (Math.abs(ahead) > 0.5) video.currentTime = target + INTO_PICTURE;
      return this.#waitFor(null);
    }
    const wanted = this.#clock.state().isPlaying ? rate : 0;
    const act = correction(ahead, wanted, this.#hasJumped);
    this.#hasJumped = false;
    if (act.kind === 'seek') {
      video.currentTime = target + INTO_PICTURE;
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
    this.#picture.showVideo(this.#clock.position());
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
    this.#picture.rest();
    this.#clock.release(this);
  }

  #stillInGap(position: number): boolean {
    if (this.#state.kind !== 'gap') return false;
    const { gap } = this.#state;
    // Nothing follows yet: recording may go on.
    return isInside(gap, position) && (gap.to !== null || performance.now() < this.#retryAt);
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
          if (gap !== null) return this.#setGap(gapOf(gap));
          // At the live end the same answer comes until more is recorded.
          this.#retryAt = performance.now() + LOOK_AGAIN;
          otherwise?.();
        },
        (error: unknown) => this.#fail(error, asking.signal),
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

  #setGap(gap: TileGap): void {
    this.#retryAt = performance.now() + LOOK_AGAIN;
    this.#waitingSince = null;
    this.#to({ kind: 'gap', gap });
    this.#rest();
  }

  #reopen(position: number): void {
    this.#opening?.abort();
    this.#opening = null;
    this.#retryAt = 0;
    this.#endSession();
    this.#open(position);
  }

  #open(position: number): void {
    if (this.#opening !== null) return this.#waitFor(null);
    if (performance.now() < this.#retryAt) return;
    const opening = new AbortController();
    this.#opening = opening;
    this.#waitFor(null);
    const wanted = { cameraId: this.cameraId, at: position, video: this.#video };
    const isWanted = (): boolean => !opening.signal.aborted && !this.#isStopped;
    let session: TileSession | null = null;
    const onFailure = (message: string, isGone: boolean): void => this.#lost(session, message, isGone);
    TileSession.open(wanted, isWanted, onFailure)
      .then(
        (opened) => {
          if (opened === null) return;
          if (!isWanted()) return opened.close();
          session = opened;
          this.#session = opened;
          if (opened.start > position + 500)
            this.#toGap({ from: null, to: opened.start, reason: 'unknown' }, position);
        },
        async (error: unknown) => {
          if (opening.signal.aborted) return;
          this.#retryAt = performance.now() + LOOK_AGAIN;
          if (!(error instanceof CallError) || error.status !== 404) return this.#fail(error);
          const at = new Date(position).toISOString();
          const { gap } = await query('playback.gap', { camera_id: this.cameraId, at });
          if (!opening.signal.aborted) this.#setGap(gapOf(gap));
        },
      )
      .catch((error: unknown) => this.#fail(error, opening.signal))
      .finally(() => {
        if (this.#opening === opening) this.#opening = null;
      });
  }

  #lost(session: TileSession | null, message: string, isGone: boolean): void {
    if (session === null || this.#session !== session) return;
    this.#endSession();
    this.#retryAt = performance.now() + LOOK_AGAIN;
    // Given up by retention: what comes next is found by opening anew.
    if (!isGone) this.#fail(new Error(message));
  }

  #fail(error: unknown, asked?: AbortSignal): void {
    if (asked?.aborted === true) return;
    this.#retryAt = performance.now() + 5 * LOOK_AGAIN;
    this.#waitingSince = null;
    this.#clock.release(this);
    this.#to({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = null;
    if (session === null) return;
    session.close();
    this.#picture.forget();
  }

  #to(state: TileState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#onState(state);
  }
}
