import type { types } from 'mediasoup';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { ChildRegistry } from '../process/registry';
import type { LiveTarget, StreamId, StreamInfo } from '../streams';
import { transcodeReasons } from '../streams';
import { Ingress } from './ingress';
import type { LiveStream } from './liveStream';
import { canTakeHandover, followViewers } from './liveStream';
import { LOOPBACK, pickPortPair } from './loopbackPorts';
import { Transcoder } from './transcoder';
import { inputOf, isCarried, transcoderArguments } from './transcoderArguments';
import type { SfuWorker } from './sfuProcess';
import { Turns } from '../../base/turns';
import { within } from './within';
import type { WorkerPool } from './workerPool';

export interface LiveStreamsOptions {
  readonly pool: WorkerPool;
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
  /** Whether runs are told what to call media time 0, for `rtpTimeOf`. Default false. */
  readonly timesPictures?: boolean;
}

/** An ingest waits this long for live view before it records without it, milliseconds. */
const PREPARE_LIMIT_MS = 10_000;

export interface LiveProducer {
  readonly producerId: string;
}

/** The streams that can be watched: one ingress each, and a transcoder where WebRTC needs one. */
export class LiveStreams implements Disposable {
  readonly #options: LiveStreamsOptions;
  readonly #log: Logger;
  readonly #streams = new Map<StreamId, LiveStream>();
  /** Why a stream that runs cannot be watched. */
  readonly #refusals = new Map<StreamId, string>();
  readonly #turns = new Turns();
  readonly #changed = new Emitter<StreamId>();
  readonly #lost = new Emitter<StreamId[]>();
  readonly #onDied: Disposable;
  #disposed = false;

  constructor(options: LiveStreamsOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'live' });
    this.#onDied = options.pool.onDied((worker) => void this.#rescue(worker));
  }

  /** The producer of a stream has come, gone or was replaced. */
  onProducersChanged(listener: (streamId: StreamId) => void): Disposable {
    return this.#changed.on(listener);
  }

  /** These streams can be seen again only after their ingests have been started anew. */
  onIngressLost(listener: (streamIds: StreamId[]) => void): Disposable {
    return this.#lost.on(listener);
  }

  /**
   * As LiveSink says: `none` for a stream that can never be watched.
   * @throws VasError when it cannot be watched now: timeout, unavailable
   */
  async prepare(streamId: StreamId, info: StreamInfo): Promise<LiveTarget> {
    const before = this.#refusals.get(streamId);
    const turn = this.#turns.run(streamId, () => this.#prepare(streamId, info));
    const late = 'The live-view process does not answer.';
    try {
      return await within(this.#options.clock, PREPARE_LIMIT_MS, late, turn);
    } catch (error) {
      const reason = messageOf(error);
      // It is tried again and again: the same failure is one line in the log.
      if (reason !== before) this.#log.error({ streamId, reason }, 'the stream cannot be watched');
      void this.#turns.run(streamId, () => this.#remove(streamId));
      this.#refusals.set(streamId, reason);
      throw error;
    }
  }

  running(streamId: StreamId): void {
    this.#log.debug({ streamId }, 'the ingest sends');
  }

  ended(streamId: StreamId): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    stream.sourceUp = false;
    followViewers(stream);
  }

  release(streamId: StreamId): Promise<void> {
    return this.#turns.run(streamId, async () => {
      this.#refusals.delete(streamId);
      await this.#remove(streamId);
    });
  }

  producerOf(streamId: StreamId): LiveProducer | null {
    const stream = this.#streams.get(streamId);
    if (!stream || stream.ingress.closed) return null;
    return { producerId: stream.ingress.producer.id };
  }

  /**
   * The RTP time stamp under which viewers get the picture of a media time.
   * @param mediaUs of the ingest's present run, microseconds
   * @returns 90 kHz ticks modulo 2^32; null while it is not known
   */
  rtpTimeOf(streamId: StreamId, mediaUs: number): number | null {
    const stream = this.#streams.get(streamId);
    return stream?.isTimed === true && stream.sourceUp ? stream.ingress.rtpTimeOf(mediaUs) : null;
  }

  /** @throws VasError unavailable when there is nothing to watch */
  ingressOf(streamId: StreamId): Ingress {
    const stream = this.#streams.get(streamId);
    if (stream && !stream.ingress.closed) return stream.ingress;
    throw new VasError(
      'unavailable',
      this.#refusals.get(streamId) ?? 'This stream does not run. Start the camera to watch it.',
    );
  }

  /** Counts a viewer until the returned function is called; the first one starts the transcoder. */
  countViewer(streamId: StreamId): () => void {
    const stream = this.#streams.get(streamId);
    if (!stream) return () => undefined;
    stream.viewers += 1;
    followViewers(stream);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      stream.viewers -= 1;
      followViewers(stream);
    };
  }

  /** What pictures come in through. */
  open(): types.Producer[] {
    return [...this.#streams.values()].flatMap(({ ingress }) => (ingress.closed ? [] : [ingress.producer]));
  }

  get producers(): number {
    return this.open().length;
  }

  transcoders(): { streamId: StreamId; pid: number }[] {
    return [...this.#streams.values()].flatMap(({ id, transcoder }) =>
      transcoder?.pid == null ? [] : [{ streamId: id, pid: transcoder.pid }],
    );
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#onDied.dispose();
    await Promise.all([...this.#streams.keys()].map((id) => this.release(id)));
    await this.#turns.idle();
  }

  async #prepare(streamId: StreamId, info: StreamInfo): Promise<LiveTarget> {
    const { video } = info;
    const transcoded = transcodeReasons(video).length > 0;
    // The transcoder is told what it reads when it is made.
    const format = transcoded ? `transcode/${inputOf(video.codec)}` : `${video.codec}/${video.profile ?? ''}`;
    this.#refusals.delete(streamId);
    if (transcoded && !isCarried(video.codec)) {
      const reason = `Live view cannot show ${video.codec} video. It is recorded unchanged.`;
      await this.#remove(streamId);
      this.#refusals.set(streamId, reason);
      return { mode: 'none', reason };
    }
    const before = this.#streams.get(streamId);
    if (before && (before.format !== format || !(await canTakeHandover(before)))) {
      await this.#remove(streamId);
    }
    const stream =
      this.#streams.get(streamId) ?? (await this.#add(streamId, format, transcoded ? video.codec : null));
    stream.sourceUp = true;
    stream.zeroUs = this.#options.timesPictures
      ? Math.floor(this.#options.clock.wallUs() / 1000) * 1000
      : null;
    if (!stream.transcoder) return this.#nextRun(stream);
    stream.transcoder.restart();
    followViewers(stream);
    return { mode: 'handover', ip: LOOPBACK, port: stream.transcoder.port };
  }

  async #add(
    id: StreamId,
    format: string,
    /** Codec that has to be converted; null: the stream is copied. */
    converted: string | null,
  ): Promise<LiveStream> {
    if (this.#disposed) throw new VasError('unavailable', 'Live view is being shut down.');
    const { pool, ffmpegPath, clock, log, registry } = this.#options;
    const handover = converted === null ? null : await pickPortPair();
    let ingress: Ingress;
    try {
      ingress = await Ingress.open(pool);
    } catch (error) {
      handover?.release();
      throw error;
    }
    const transcoder =
      converted !== null && handover
        ? new Transcoder({
            ffmpegPath,
            label: 'transcoder',
            argumentsFor: (port, target) => transcoderArguments(converted, port, target),
            port: handover.rtp,
            nextRun: () => this.#turns.run(id, () => this.#nextRun(stream)),
            packetsReceived: () => stream.ingress.packetsReceived(),
            clock,
            log: log.child({ streamId: id }),
            ...(registry ? { registry } : {}),
          })
        : null;
    const stream: LiveStream = {
      ...{ id, format, ingress, handover, transcoder },
      isTimed: converted === null || inputOf(converted) === 'mpegts',
      ...{ zeroUs: null, viewers: 0, sourceUp: false },
    };
    this.#streams.set(id, stream);
    this.#changed.emit(id);
    return stream;
  }

  /** Where FFmpeg sends its next run; the producer is replaced only when it cannot take it. */
  async #nextRun(stream: LiveStream) {
    const kept = await stream.ingress.nextRun(stream.zeroUs);
    if (kept) return kept;
    if (this.#streams.get(stream.id) !== stream) throw new VasError('unavailable', 'The stream was stopped.');
    this.#log.info({ streamId: stream.id }, 'the producer is replaced');
    stream.ingress.close();
    stream.ingress = await Ingress.open(this.#options.pool);
    this.#changed.emit(stream.id);
    const target = await stream.ingress.nextRun(stream.zeroUs);
    if (target) return target;
    throw new VasError('unavailable', 'The ports of the live view were taken by another program.');
  }

  async #remove(streamId: StreamId): Promise<void> {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    stream.ingress.close();
    this.#changed.emit(streamId);
    await stream.transcoder?.dispose();
    stream.handover?.release();
    await stream.ingress.worker.settled();
  }

  /** Serves the running FFmpegs of a dead worker from another one; recordings do not notice. */
  async #rescue(dead: SfuWorker): Promise<void> {
    const orphans = [...this.#streams.values()].filter(({ ingress }) => ingress.worker === dead);
    for (const { id } of orphans) this.#changed.emit(id);
    const lost: StreamId[] = [];
    const rescueOne = async (stream: LiveStream, orphan: Ingress): Promise<void> => {
      // A new run that was prepared meanwhile has replaced the orphan already.
      if (this.#disposed || this.#streams.get(stream.id) !== stream || stream.ingress !== orphan) return;
      try {
        const { pool } = this.#options;
        // A transcoder is ours to start again; an ingest is left alone.
        stream.ingress = stream.transcoder ? await Ingress.open(pool) : await Ingress.adopt(pool, orphan);
        stream.transcoder?.restart();
        this.#changed.emit(stream.id);
      } catch (error) {
        this.#log.warn({ streamId: stream.id, reason: messageOf(error) }, 'the stream needs a new run');
        lost.push(stream.id);
      }
    };
    await Promise.all(
      orphans.map((stream) => {
        const orphan = stream.ingress;
        orphan.close();
        return this.#turns.run(stream.id, () => rescueOne(stream, orphan));
      }),
    );
    if (lost.length > 0) this.#lost.emit(lost);
  }
}
