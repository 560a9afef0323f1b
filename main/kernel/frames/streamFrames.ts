import type { Clock } from '../../base/clock';
import type { FrameTap } from '../../../native';
import type { HandoverTarget, StreamClock, StreamId, StreamInfo } from '../streams';
import { roleOf, type StreamRole } from '../streams';
import { Decoder, type DecoderOptions } from './decoder';
import type { EpochRange } from './epochs';

/** Video that MPEG-TS carries, and so the hand-over; Motion JPEG as private data, which the tap understands. */
const CARRIED_CODECS: ReadonlySet<string> = new Set([
  ...['h264', 'hevc', 'mpeg4', 'mpeg2video', 'mpeg1video', 'mjpeg'],
]);

/** Ticks of MPEG-TS and RTP. */
const TICKS_PER_SECOND = 90_000;
/** Reports of progress, two a second, after which the recording's clock has settled well enough. */
const SETTLED_REPORTS = 3;
/** The rate is measured over at least this long, microseconds. */
const RATE_WINDOW_US = 2_000_000;

export function canDecode(codec: string): boolean {
  return CARRIED_CODECS.has(codec);
}

/** One stream's way to frames: the hand-over and tap, which are there while it runs, and the decoder. */
export class StreamFrames {
  readonly role: StreamRole;
  readonly tap: FrameTap;
  readonly decoder: Decoder;
  /** What its decoder may use and did not give back. */
  epochs: EpochRange | null = null;
  readonly #clock: Clock;
  #info: StreamInfo | null = null;
  #wall: StreamClock | null = null;
  #reports = 0;
  #mediaSeconds = 0;
  #mediaUs = 0;
  #sample = { us: 0, published: 0 };
  #fps: number | null = null;

  constructor(streamId: StreamId, tap: FrameTap, decoder: Omit<DecoderOptions, 'tap'>) {
    this.role = roleOf(streamId);
    this.tap = tap;
    this.#clock = decoder.clock;
    this.decoder = new Decoder({ ...decoder, tap });
  }

  get info(): StreamInfo | null {
    return this.#info;
  }

  /** Frames a second that were published lately; null while none are. */
  get fps(): number | null {
    return this.#fps;
  }

  get handover(): HandoverTarget {
    return { ip: '127.0.0.1', port: this.tap.port };
  }

  begin(info: StreamInfo, wall: StreamClock): void {
    this.#info = info;
    this.#wall = wall;
    this.#mediaSeconds = 0;
    this.#mediaUs = this.#clock.monotonicUs();
    this.#setWallOffset();
    this.#reports = 0;
  }

  progress(mediaSeconds: number): void {
    this.#mediaSeconds = mediaSeconds;
    this.#mediaUs = this.#clock.monotonicUs();
    this.#setWallOffset();
    this.#announce();
    this.#measure();
  }

  /** Before, the recording's clock, and so the time of a frame, may be off by half a second. */
  #announce(): void {
    if (!this.#info || !this.#wall || ++this.#reports !== SETTLED_REPORTS) return;
    const { codec } = this.#info.video;
    this.decoder.setSource({ codec, hintPts: () => this.#mediaNow() * TICKS_PER_SECOND });
  }

  end(): void {
    this.#wall = null;
    this.#fps = null;
    this.decoder.setSource(null);
  }

  /** @returns the last epoch that was used; 0: none */
  async close(): Promise<number> {
    await this.decoder.dispose();
    const { epoch } = this.tap.stats();
    this.tap.close();
    return epoch;
  }

  #mediaNow(): number {
    return this.#mediaSeconds + (this.#clock.monotonicUs() - this.#mediaUs) / 1e6;
  }

  /** Frames carry the recording's wall clock, so that a detection finds its place in the footage. */
  #setWallOffset(): void {
    if (this.#wall)
      this.tap.setWallOffset(Math.round(this.#wall.wallUsAt(this.#mediaSeconds) - this.#mediaSeconds * 1e6));
  }

  #measure(): void {
    const { published } = this.tap.stats();
    const us = this.#clock.monotonicUs();
    if (published < this.#sample.published) this.#sample = { us, published };
    const elapsedUs = us - this.#sample.us;
    if (elapsedUs < RATE_WINDOW_US) return;
    const fps = ((published - this.#sample.published) * 1e6) / elapsedUs;
    this.#fps = published > this.#sample.published ? Math.round(fps * 10) / 10 : null;
    this.#sample = { us, published };
  }
}
