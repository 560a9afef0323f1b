import { z } from 'zod';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { TilePlayer } from './TilePlayer';

/** off: nobody listens. silent: not at this speed, or paused. none: nothing was recorded with sound here. */
export type SoundState = 'off' | 'silent' | 'loading' | 'none' | 'playing' | 'failed';

/** Sound is fetched in stretches of this, milliseconds. */
const STRETCH = 8000;
/** How far ahead the next one is fetched, milliseconds. */
const AHEAD = 5000;
/** Sound and clock may be apart by this before it begins anew, milliseconds. */
const APART = 90;
/** So soon after now sound can begin, seconds. */
const SOON = 0.04;
/** What failed is tried again after this, milliseconds. */
const AGAIN = 3000;
/** Stretches that are kept. */
const KEPT = 6;

const head = z.object({ at: z.number(), rate: z.number().min(8000).max(96_000), has_sound: z.boolean() });

interface Stretch {
  readonly buffer: AudioBuffer | null;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Not there: it failed, or it is only being recorded. Asked for again after a while. */
interface Missing {
  readonly since: number;
  readonly isFailed: boolean;
}

/** What plays now: stretches that follow each other, in the time of the audio context. */
interface Playing {
  readonly sources: AudioBufferSourceNode[];
  readonly anchorAt: number;
  readonly anchorTime: number;
  /** Until here sound is scheduled, milliseconds since the epoch. */
  until: number;
}

/** The sound of one tile at ordinary speed, by the clock of the screen. One camera at a time. */
export class SoundPlayer {
  readonly #clock: PlaybackClock;
  readonly #onState: (state: SoundState) => void;
  readonly #context = new AudioContext();
  readonly #analyser: AnalyserNode;
  readonly #output: MediaStreamAudioDestinationNode;
  readonly #stretches = new Map<string, Stretch | 'loading' | Missing>();
  #state: SoundState = 'off';
  #playing: Playing | null = null;
  #address: string | null = null;
  #jumps = -1;

  /** @param element plays it */
  constructor(clock: PlaybackClock, element: HTMLAudioElement, onState: (state: SoundState) => void) {
    this.#clock = clock;
    this.#onState = onState;
    this.#analyser = this.#context.createAnalyser();
    this.#output = this.#context.createMediaStreamDestination();
    this.#analyser.connect(this.#output);
    element.srcObject = this.#output.stream;
    void element.play().catch(() => undefined);
  }

  /** 0 to 1: the loudest of the last moments. */
  level(): number {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  }

  /** Once for each picture of the screen. @param player of the tile that is heard */
  tick(player: TilePlayer | null): void {
    const { rate, jumps } = this.#clock.state();
    const address = player?.address ?? null;
    if (address !== this.#address || jumps !== this.#jumps) this.#silence();
    if (address !== this.#address) this.#stretches.clear();
    this.#address = address;
    this.#jumps = jumps;
    const isHeard = rate === 1 && this.#clock.isMoving() && player?.state.kind === 'picture';
    if (address === null || !isHeard) {
      this.#silence();
      return this.#to('silent');
    }
    const position = this.#clock.position();
    const index = Math.floor(position / STRETCH);
    const now = this.#stretchAt(address, index);
    if (position + AHEAD > (index + 1) * STRETCH) this.#stretchAt(address, index + 1);
    if (this.#playing !== null) {
      const heard = this.#playing.anchorAt + (this.#context.currentTime - this.#playing.anchorTime) * 1000;
      if (Math.abs(heard - position) > APART) this.#silence();
    }
    if (now === 'loading') return this.#to('loading');
    if ('since' in now) return this.#to(now.isFailed ? 'failed' : 'loading');
    if (this.#playing === null) this.#begin(position);
    this.#schedule(address);
    this.#to(now.buffer === null ? 'none' : 'playing');
  }

  stop(): void {
    this.#silence();
    this.#to('off');
    this.#stretches.clear();
    void this.#context.close();
  }

  #begin(position: number): void {
    const time = this.#context.currentTime + SOON;
    const at = position + SOON * 1000;
    this.#playing = { sources: [], anchorAt: at, anchorTime: time, until: at };
  }

  /** Plays what is there, without a pause between two stretches. */
  #schedule(address: string): void {
    const playing = this.#playing;
    if (playing === null) return;
    for (;;) {
      const index = Math.floor(playing.until / STRETCH);
      const stretch = this.#stretches.get(keyOf(address, index));
      if (stretch === undefined || stretch === 'loading' || 'since' in stretch) return;
      if (stretch.until <= playing.until) {
        this.#stretches.set(keyOf(address, index), { since: performance.now(), isFailed: false });
        return;
      }
      const when = playing.anchorTime + (playing.until - playing.anchorAt) / 1000;
      if (when - this.#context.currentTime > AHEAD / 1000) return;
      if (stretch.buffer !== null) {
        const source = this.#context.createBufferSource();
        source.buffer = stretch.buffer;
        source.connect(this.#analyser);
        source.start(Math.max(0, when), Math.max(0, (playing.until - index * STRETCH) / 1000));
        playing.sources.push(source);
        if (playing.sources.length > KEPT) playing.sources.shift()?.disconnect();
      }
      playing.until = stretch.until;
    }
  }

  #silence(): void {
    for (const source of this.#playing?.sources ?? []) {
      source.stop();
      source.disconnect();
    }
    this.#playing = null;
  }

  #stretchAt(address: string, index: number): Stretch | 'loading' | Missing {
    const key = keyOf(address, index);
    const known = this.#stretches.get(key);
    const isMissing = known !== undefined && known !== 'loading' && 'since' in known;
    if (known !== undefined && !(isMissing && performance.now() - known.since > AGAIN)) return known;
    this.#stretches.set(key, 'loading');
    for (const oldest of this.#stretches.keys()) {
      if (this.#stretches.size <= KEPT) break;
      this.#stretches.delete(oldest);
    }
    void this.#fetch(address, index).then(
      (stretch) => this.#stretches.has(key) && this.#stretches.set(key, stretch),
      () =>
        this.#stretches.has(key) && this.#stretches.set(key, { since: performance.now(), isFailed: true }),
    );
    return 'loading';
  }

  async #fetch(address: string, index: number): Promise<Stretch | Missing> {
    const [from, to] = [index * STRETCH, Math.min((index + 1) * STRETCH, Date.now() - 1000)];
    // What is being recorded is not there yet.
    if (to <= from) return { since: performance.now(), isFailed: false };
    const reply = await fetch(`${address}/sound/${String(from * 1000)}/${String(Math.round(to) * 1000)}`);
    if (!reply.ok) throw new Error(`sound: ${String(reply.status)}`);
    const bytes = await reply.arrayBuffer();
    const length = new DataView(bytes).getUint32(0);
    const { rate, has_sound } = head.parse(
      JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))),
    );
    if (!has_sound) return { buffer: null, until: to };
    const pcm = new DataView(bytes, 4 + length);
    const count = Math.floor(pcm.byteLength / 2);
    if (count === 0) return { buffer: null, until: to };
    const buffer = this.#context.createBuffer(1, count, rate);
    const samples = buffer.getChannelData(0);
    for (let n = 0; n < count; n++) samples[n] = pcm.getInt16(2 * n, true) / 32_768;
    return { buffer, until: to };
  }

  #to(state: SoundState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}

const keyOf = (address: string, index: number): string => `${address} ${String(index)}`;
