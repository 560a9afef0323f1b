import { randomInt } from 'node:crypto';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { ChildRegistry } from '../process/registry';
import type { AudioInfo, LiveAudioTarget, StreamId } from '../streams';
import type { SoundWay } from './audioArguments';
import { audioTranscoderArguments, soundWayOf } from './audioArguments';
import type { SoundName } from './codec';
import { randomSsrc, soundOf } from './codec';
import type { Endpoint } from './ingress';
import { Ingress } from './ingress';
import type { HeldPorts } from './loopbackPorts';
import { LOOPBACK, pickPortPair } from './loopbackPorts';
import { Transcoder } from './transcoder';
import { Turns } from '../../base/turns';
import { within } from './within';
import type { WorkerPool } from './workerPool';

/** A source outlives its last listener by this much, so that a change of tiles costs nothing, milliseconds. */
const LINGER_MS = 2_000;
/** An ingest waits this long for the sound before it runs without it, milliseconds. */
const PREPARE_LIMIT_MS = 2_000;

export interface LiveAudioOptions {
  readonly pool: WorkerPool;
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
}

/** What the ingest of the current run sends, whether anybody listens or not. */
type Sent = { readonly ports: readonly HeldPorts[] } & (
  | { readonly way: 'copy'; readonly sound: SoundName; readonly endpoint: Endpoint }
  | { readonly way: 'convert'; readonly port: number }
);

/** What there is while somebody listens. */
interface Source {
  readonly ingress: Ingress;
  readonly transcoder: Transcoder | null;
  listeners: number;
  linger: Timer | null;
  /** Its ports or its worker are gone: the next listener gets another. */
  broken: boolean;
}

/** A listener's hold on a source. */
export interface Listening {
  readonly ingress: Ingress;
  release(): void;
}

/**
 * Live sound. The ingest sends it to a loopback port at which nobody need listen; producer and transcoder exist
 * only while somebody does, so a muted wall costs nothing and sound can neither break nor delay pictures.
 */
export class LiveAudio implements Disposable {
  readonly #options: LiveAudioOptions;
  readonly #log: Logger;
  readonly #sent = new Map<StreamId, Sent>();
  readonly #reasons = new Map<StreamId, string>();
  readonly #sources = new Map<StreamId, Source>();
  readonly #turns = new Turns();

  constructor(options: LiveAudioOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'live', medium: 'audio' });
  }

  /** Where the next run of the ingest sends its sound. Never rejects: without sound there are still pictures. */
  async prepare(streamId: StreamId, audio: AudioInfo | null, leftOut?: string): Promise<LiveAudioTarget> {
    const turn = this.#turns.run(streamId, () => this.#prepare(streamId, audio, leftOut));
    try {
      return await within(
        this.#options.clock,
        PREPARE_LIMIT_MS,
        'The live-view process does not answer.',
        turn,
      );
    } catch (error) {
      const reason = messageOf(error);
      this.#log.warn({ streamId, reason }, 'the sound cannot be listened to');
      this.#reasons.set(streamId, reason);
      return { mode: 'none', reason };
    }
  }

  /** The run is over: what listens to it hears nothing any more. */
  ended(streamId: StreamId): void {
    void this.#turns.run(streamId, () => this.#end(streamId));
  }

  release(streamId: StreamId): Promise<void> {
    this.#reasons.delete(streamId);
    return this.#turns.run(streamId, () => this.#end(streamId));
  }

  /** @throws VasError unavailable when there is nothing to listen to, with the reason */
  listen(streamId: StreamId): Promise<Listening> {
    return this.#turns.run(streamId, async () => {
      const before = this.#sources.get(streamId);
      if (before !== undefined && (before.broken || before.ingress.closed)) await this.#close(streamId);
      const source = this.#sources.get(streamId) ?? (await this.#open(streamId));
      source.linger?.cancel();
      source.linger = null;
      source.listeners += 1;
      let held = true;
      const release = (): void => {
        if (!held) return;
        held = false;
        source.listeners -= 1;
        if (source.listeners === 0) this.#closeSoon(streamId, source);
      };
      return { ingress: source.ingress, release };
    });
  }

  transcoders(): { streamId: StreamId; pid: number }[] {
    return [...this.#sources].flatMap(([streamId, { transcoder }]) =>
      transcoder?.pid == null ? [] : [{ streamId, pid: transcoder.pid }],
    );
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#sent.keys(), ...this.#sources.keys()].map((id) => this.release(id)));
    await this.#turns.idle();
  }

  async #prepare(
    streamId: StreamId,
    audio: AudioInfo | null,
    leftOut: string | undefined,
  ): Promise<LiveAudioTarget> {
    await this.#end(streamId);
    this.#reasons.delete(streamId);
    const how: SoundWay = leftOut === undefined ? soundWayOf(audio) : { way: 'none', reason: leftOut };
    if (how.way === 'none') {
      this.#reasons.set(streamId, how.reason);
      return { mode: 'none', reason: how.reason };
    }
    // Other ports in each run: the last FFmpeg may not have let go of its own yet.
    const sfu = await pickPortPair();
    if (how.way === 'convert') {
      this.#sent.set(streamId, { way: 'convert', port: sfu.rtp, ports: [sfu] });
      return { mode: 'handover', ip: LOOPBACK, port: sfu.rtp };
    }
    const sender = await pickPortPair().catch((error: unknown) => {
      sfu.release();
      throw error;
    });
    const endpoint: Endpoint = { sfu, sender, ssrc: randomSsrc() };
    this.#sent.set(streamId, { way: 'copy', sound: how.sound, endpoint, ports: [sfu, sender] });
    return {
      mode: 'rtp',
      ip: LOOPBACK,
      rtpPort: sfu.rtp,
      rtcpPort: sfu.rtcp,
      localRtpPort: endpoint.sender.rtp,
      localRtcpPort: endpoint.sender.rtcp,
      ssrc: endpoint.ssrc,
      payloadType: soundOf(how.sound).payloadType,
      firstSequence: randomInt(0, 2 ** 15),
    };
  }

  /** Nothing is sent any more, so nothing can be heard. */
  async #end(streamId: StreamId): Promise<void> {
    for (const ports of this.#sent.get(streamId)?.ports ?? []) ports.release();
    this.#sent.delete(streamId);
    await this.#close(streamId);
  }

  async #open(streamId: StreamId): Promise<Source> {
    const sent = this.#sent.get(streamId);
    if (sent === undefined)
      throw new VasError('unavailable', this.#reasons.get(streamId) ?? 'The camera does not run.');
    const { pool, ffmpegPath, clock, registry } = this.#options;
    const ingress =
      sent.way === 'copy'
        ? await Ingress.join(pool, soundOf(sent.sound), sent.endpoint)
        : await Ingress.open(pool, soundOf('opus'));
    const nextRun = async () => {
      const target = await ingress.nextRun();
      if (target !== null) return target;
      source.broken = true;
      throw new VasError('unavailable', 'The ports of the live sound were taken by another program.');
    };
    const transcoder =
      sent.way === 'copy'
        ? null
        : new Transcoder({
            ffmpegPath,
            label: 'audio-transcoder',
            argumentsFor: audioTranscoderArguments,
            port: sent.port,
            nextRun,
            packetsReceived: () => ingress.packetsReceived(),
            clock,
            log: this.#log.child({ streamId }),
            ...(registry ? { registry } : {}),
          });
    const source: Source = { ingress, transcoder, listeners: 0, linger: null, broken: false };
    this.#sources.set(streamId, source);
    transcoder?.want(true);
    return source;
  }

  #closeSoon(streamId: StreamId, source: Source): void {
    if (this.#sources.get(streamId) !== source) return;
    source.linger = this.#options.clock.after(LINGER_MS, () => {
      source.linger = null;
      void this.#turns.run(streamId, async () => {
        if (source.listeners === 0 && this.#sources.get(streamId) === source) await this.#close(streamId);
      });
    });
  }

  async #close(streamId: StreamId): Promise<void> {
    const source = this.#sources.get(streamId);
    if (source === undefined) return;
    this.#sources.delete(streamId);
    source.linger?.cancel();
    source.ingress.close();
    await source.transcoder?.dispose();
    await source.ingress.worker.settled();
  }
}
