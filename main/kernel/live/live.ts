import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { Clock } from '../../base/clock';
import { systemClock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { ChildRegistry } from '../process/registry';
import type { LiveSink, StreamId } from '../streams';
import { loopbackCapabilities } from './codec';
import { LiveAudio } from './liveAudio';
import type { RtpTotals } from './rtpTotals';
import { totalsOf } from './rtpTotals';
import type { LiveProducer } from './liveStreams';
import { LiveStreams } from './liveStreams';
import { Pipes } from './pipes';
import type { ConsumeRequest, ConsumerOffer, TransportOffer, TransportsClosed } from './receivers';
import { Receivers } from './receivers';
import { WorkerPool } from './workerPool';

export interface LiveOptions {
  /** Path of the mediasoup-worker program. */
  readonly workerBin: string;
  /** FFmpeg for the live transcoder: a path or a name found in PATH. */
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** At most this many mediasoup-workers; they are started when needed. */
  readonly cores: number;
  /** Remembers workers and transcoders for the sweep after a crash. */
  readonly registry?: ChildRegistry;
  /** Whether somebody asks for `rtpTimeOf`; without it FFmpeg's command and the workers know nothing of it. Default false. */
  readonly timesPictures?: boolean;
  /** Streams that a worker takes before another one is started; default 16. */
  readonly streamsPerWorker?: number;
}

export interface LiveStats {
  readonly workers: { readonly pid: number }[];
  readonly producers: number;
  /** Viewers' consumers. */
  readonly consumers: number;
  /** Viewers' transports. */
  readonly transports: number;
  /** Producers that are carried from one worker to another. */
  readonly pipes: number;
  /** Of pictures and of sound. */
  readonly transcoders: { readonly streamId: StreamId; readonly pid: number }[];
}

/** Packets since the producers and consumers of now were made. */
export interface LiveTraffic {
  readonly in: RtpTotals;
  readonly out: RtpTotals;
}

/** Live view: FFmpeg's pictures in, WebRTC to the windows out. */
export interface Live extends LiveSink, Disposable {
  /** What windows load their mediasoup-client device with. @throws VasError unavailable */
  capabilities(): Promise<types.RtpCapabilities>;
  openTransport(ownerId: string): Promise<TransportOffer>;
  connectTransport(ownerId: string, transportId: string, dtlsParameters: object): Promise<void>;
  closeTransport(ownerId: string, transportId: string): void;
  consume(ownerId: string, request: ConsumeRequest): Promise<ConsumerOffer>;
  resumeConsumer(ownerId: string, consumerId: string): Promise<void>;
  closeConsumer(ownerId: string, consumerId: string): void;
  closeOwner(ownerId: string): void;
  /** Null while there is nothing to watch. */
  producerOf(streamId: StreamId): LiveProducer | null;
  /** RTP time stamp of a picture by its media time in the ingest's run, microseconds; null while not known, or not timed. */
  rtpTimeOf(streamId: StreamId, mediaUs: number): number | null;
  onProducersChanged(listener: (streamId: StreamId) => void): Disposable;
  onIngressLost(listener: (streamIds: StreamId[]) => void): Disposable;
  onTransportsClosed(listener: (event: TransportsClosed) => void): Disposable;
  stats(): LiveStats;
  /** Asks the workers, so not to be called often. Never rejects: a worker that does not answer counts nothing. */
  traffic(): Promise<LiveTraffic>;
  /** Resolves when no worker, transcoder or timer is left. */
  dispose(): Promise<void>;
}

/** Starts nothing yet: the first stream or window starts the first worker. */
export function createLive(options: LiveOptions): Live {
  // Whether a process answers is a matter of real time.
  const pool = new WorkerPool({ ...options, clock: systemClock });
  const streams = new LiveStreams({ ...options, pool });
  const audio = new LiveAudio({ ...options, pool });
  const pipes = new Pipes();
  const receivers = new Receivers(pool, { streams, audio }, pipes, options.log);
  const { clock } = options;
  const log = options.log.child({ part: 'mediasoup' });
  mediasoup.setLogEventListeners({
    onwarn: (namespace, text) => log.debug({ namespace }, text),
    onerror: (namespace, text, error) => log.warn({ namespace, err: error }, text),
  });
  let disposed: Promise<void> | null = null;

  return {
    prepare: (streamId, info) => streams.prepare(streamId, info),
    prepareAudio: (streamId, info, leftOut) => audio.prepare(streamId, info, leftOut),
    running: (streamId) => streams.running(streamId),
    ended(streamId) {
      streams.ended(streamId);
      audio.ended(streamId);
    },
    async release(streamId) {
      await Promise.all([streams.release(streamId), audio.release(streamId)]);
    },
    async capabilities() {
      const lease = pool.leaseForTransport();
      try {
        return loopbackCapabilities((await lease.worker).router.rtpCapabilities);
      } finally {
        lease.release();
      }
    },
    openTransport: (ownerId) => receivers.openTransport(ownerId),
    connectTransport: (ownerId, id, dtls) => receivers.connectTransport(ownerId, id, dtls),
    closeTransport: (ownerId, id) => receivers.closeTransport(ownerId, id),
    consume: (ownerId, request) => receivers.consume(ownerId, request),
    resumeConsumer: (ownerId, id) => receivers.resumeConsumer(ownerId, id),
    closeConsumer: (ownerId, id) => receivers.closeConsumer(ownerId, id),
    closeOwner: (ownerId) => receivers.closeOwner(ownerId),
    producerOf: (streamId) => streams.producerOf(streamId),
    rtpTimeOf: (streamId, mediaUs) => streams.rtpTimeOf(streamId, mediaUs),
    onProducersChanged: (listener) => streams.onProducersChanged(listener),
    onIngressLost: (listener) => streams.onIngressLost(listener),
    onTransportsClosed: (listener) => receivers.onTransportsClosed(listener),
    async traffic() {
      const [incoming, outgoing] = await Promise.all([
        totalsOf(clock, streams.open()),
        totalsOf(clock, receivers.open()),
      ]);
      return { in: incoming, out: outgoing };
    },
    stats: () => ({
      workers: pool.pids().map((pid) => ({ pid })),
      producers: streams.producers,
      consumers: receivers.consumers,
      transports: receivers.transports,
      pipes: pipes.count,
      transcoders: [...streams.transcoders(), ...audio.transcoders()],
    }),
    dispose() {
      disposed ??= (async () => {
        receivers.closeAll();
        await Promise.all([streams.dispose(), audio.dispose()]);
        await pool.dispose();
        mediasoup.setLogEventListeners();
      })();
      return disposed;
    },
  };
}
