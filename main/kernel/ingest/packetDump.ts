/** A packet as FFmpeg's `-dump` tells it. */
export interface DumpedPacket {
  readonly stream: number;
  readonly key: boolean;
  /** Presentation time, seconds; null for the first packet, to which FFmpeg gives none. */
  readonly pts: number | null;
  /** Bytes. */
  readonly size: number;
}

/** Collects the lines of `-dump` on standard error into packets. */
export function createPacketDumpParser(): (line: string) => DumpedPacket | null {
  let stream: number | null = null;
  let key = false;
  let pts: number | null = null;
  return (raw) => {
    const line = raw.replace(/^(?:\[[^\]]*\] ?)+/, '').trim();
    const start = /^stream #(\d+):$/.exec(line);
    if (start) {
      stream = Number(start[1]);
      key = false;
      pts = null;
      return null;
    }
    if (stream === null) return null;
    if (line.startsWith('keyframe=')) key = line === 'keyframe=1';
    const times = /^dts=\S+ +pts=(\S+)$/.exec(line);
    if (times) pts = /^-?\d+(\.\d+)?$/.test(times[1] ?? '') ? Number(times[1]) : null;
    const size = /^size=(\d+)$/.exec(line);
    if (!size) return null;
    const packet = { stream, key, pts, size: Number(size[1]) };
    stream = null;
    return packet;
  };
}

/** Fewer pictures say nothing about the frame rate or the order. */
const ENOUGH_PICTURES = 8;
/** Presentation times are printed in milliseconds; smaller steps back are rounding. */
const STEP_BACK_SECONDS = 0.0015;

/** What the packets of a video stream say about it. */
export class PacketStatistics {
  #count = 0;
  #earliest = Infinity;
  #latest = -Infinity;
  #previous: number | null = null;
  #stepsBack = 0;
  readonly #keyTimes: number[] = [];
  #keys = 0;

  add(packet: DumpedPacket): void {
    if (packet.key) this.#keys++;
    if (packet.pts === null) return;
    this.#count++;
    if (this.#previous !== null && packet.pts < this.#previous - STEP_BACK_SECONDS) this.#stepsBack++;
    this.#previous = packet.pts;
    this.#earliest = Math.min(this.#earliest, packet.pts);
    this.#latest = Math.max(this.#latest, packet.pts);
    if (packet.key) this.#keyTimes.push(packet.pts);
  }

  /** Seconds of video seen. */
  get seconds(): number {
    return this.#count > 1 ? this.#latest - this.#earliest : 0;
  }

  /** Everything that can be known is known: a whole group of pictures was seen. */
  get decided(): boolean {
    return this.#count >= ENOUGH_PICTURES && this.#keys >= 2 && this.gopSeconds !== null;
  }

  /** Frames per second as measured; null when there were too few. */
  get fps(): number | null {
    if (this.#count < ENOUGH_PICTURES || this.seconds <= 0) return null;
    return Math.round(((this.#count - 1) / this.seconds) * 100) / 100;
  }

  /**
   * RTP time stamps are presentation times, so pictures whose time goes backwards come in another order than
   * they are shown. A single step back may be the camera's clock being set (first RTCP report).
   */
  get hasBFrames(): boolean {
    return this.#stepsBack >= 2;
  }

  /** Seconds between key frames; null when fewer than two were seen. */
  get gopSeconds(): number | null {
    // The first packet has no time; with reordering the second key frame may be the first with one.
    const first = this.#keyTimes[0];
    const last = this.#keyTimes.at(-1);
    if (first === undefined || last === undefined) return null;
    if (this.#keyTimes.length >= 2)
      return Math.round(((last - first) / (this.#keyTimes.length - 1)) * 1000) / 1000;
    if (this.#keys < 2 || this.fps === null) return null;
    // The run began with a key frame one picture before the first time.
    return Math.round((first - this.#earliest + 1 / this.fps) * 1000) / 1000;
  }
}
