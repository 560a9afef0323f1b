import type { types } from 'mediasoup';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StreamId } from '../streams';
import type { Ingress } from './ingress';
import type { LiveAudio } from './liveAudio';
import type { LiveStreams } from './liveStreams';
import type { Pipes } from './pipes';
import type { SfuWorker } from './sfuProcess';
import type { Lease, WorkerPool } from './workerPool';

/** What a window needs to make its end of a transport. */
export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: types.IceParameters;
  readonly iceCandidates: types.IceCandidate[];
  readonly dtlsParameters: types.DtlsParameters;
}

/** What a window needs to make its end of a consumer. */
export interface ConsumerOffer {
  readonly id: string;
  readonly producerId: string;
  readonly kind: types.MediaKind;
  readonly rtpParameters: types.RtpParameters;
}

export interface ConsumeRequest {
  readonly transportId: string;
  readonly streamId: StreamId;
  /** Default video. */
  readonly kind?: types.MediaKind;
  /** Of the window's mediasoup-client device; checked by mediasoup. */
  readonly rtpCapabilities: object;
}

/** Transports of a window that ended without the window asking for it. */
export interface TransportsClosed {
  readonly ownerId: string;
  readonly transportIds: string[];
}

/** Where what windows consume comes from. */
interface Sources {
  readonly streams: LiveStreams;
  readonly audio: LiveAudio;
}

interface Receiver {
  readonly ownerId: string;
  readonly transport: types.WebRtcTransport;
  readonly worker: SfuWorker;
  readonly consumers: Map<string, types.Consumer>;
  close(): void;
}

/** The `code` tells the window that its transport is gone, not the camera. */
function unknownTransport(cause?: unknown): VasError {
  return new VasError('not_found', 'This window has no such transport. Open a new one.', {
    cause,
    details: { code: 'unknown_transport' },
  });
}

/** The windows' side of the SFU: their transports and consumers, which end with them (W-16, W-17). */
export class Receivers {
  readonly #pool: WorkerPool;
  readonly #sources: Sources;
  readonly #pipes: Pipes;
  readonly #log: Logger;
  readonly #receivers = new Map<string, Receiver>();
  readonly #closed = new Emitter<TransportsClosed>();
  /** Transports that are being made; their window may go meanwhile. */
  readonly #openings = new Set<{ readonly ownerId: string; cancelled: boolean }>();

  constructor(pool: WorkerPool, sources: Sources, pipes: Pipes, log: Logger) {
    this.#pool = pool;
    this.#sources = sources;
    this.#pipes = pipes;
    this.#log = log.child({ part: 'live' });
  }

  onTransportsClosed(listener: (event: TransportsClosed) => void): Disposable {
    return this.#closed.on(listener);
  }

  get transports(): number {
    return this.#receivers.size;
  }

  get consumers(): number {
    return [...this.#receivers.values()].reduce((sum, { consumers }) => sum + consumers.size, 0);
  }

  /** @throws VasError unavailable when no worker can be started or the window has gone */
  async openTransport(ownerId: string): Promise<TransportOffer> {
    const opening = { ownerId, cancelled: false };
    this.#openings.add(opening);
    const lease = this.#pool.leaseForTransport();
    try {
      const worker = await lease.worker;
      const transport = await worker.router.createWebRtcTransport({
        webRtcServer: worker.server,
        enableUdp: true,
        enableSctp: false,
      });
      if (opening.cancelled) {
        transport.close();
        throw new VasError('unavailable', 'The window was closed.');
      }
      this.#adopt(ownerId, worker, transport, lease);
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return { id, iceParameters, iceCandidates, dtlsParameters };
    } catch (cause) {
      lease.release();
      if (cause instanceof VasError) throw cause;
      throw new VasError('unavailable', 'The live-view process is being restarted. Try again.', { cause });
    } finally {
      this.#openings.delete(opening);
    }
  }

  /** @throws VasError not_found for a transport that is not this window's, bad_request for unusable parameters */
  async connectTransport(ownerId: string, transportId: string, dtlsParameters: object): Promise<void> {
    const { transport } = this.#find(ownerId, transportId);
    try {
      await transport.connect({ dtlsParameters: dtlsParameters as types.DtlsParameters });
    } catch (cause) {
      if (transport.closed) throw unknownTransport(cause);
      throw new VasError('bad_request', 'The transport could not be connected with these parameters.', {
        cause,
      });
    }
  }

  /** Harmless when it is closed already. */
  closeTransport(ownerId: string, transportId: string): void {
    const receiver = this.#receivers.get(transportId);
    if (receiver?.ownerId === ownerId) receiver.close();
  }

  /**
   * A consumer of the stream, paused until `resumeConsumer`.
   * @throws VasError not_found for a transport that is not this window's, unavailable when the stream does
   *   not run or cannot be watched, bad_request for capabilities that cannot play it
   */
  async consume(ownerId: string, request: ConsumeRequest): Promise<ConsumerOffer> {
    const receiver = this.#find(ownerId, request.transportId);
    const { ingress, release: uncount } = await this.#hold(request);
    const producerId = ingress.producer.id;
    let release = uncount;
    try {
      const pipe = await this.#pipes.use(producerId, ingress.worker, receiver.worker);
      release = () => {
        pipe.release();
        uncount();
      };
      const consumer = await this.#createConsumer(receiver, producerId, request.rtpCapabilities);
      if (receiver.transport.closed || ingress.closed) consumer.close();
      if (consumer.closed) throw new Error('ended while it was made');
      const letGo = release;
      receiver.consumers.set(consumer.id, consumer);
      consumer.observer.once('close', () => {
        receiver.consumers.delete(consumer.id);
        letGo();
      });
      return { id: consumer.id, producerId, kind: consumer.kind, rtpParameters: consumer.rtpParameters };
    } catch (cause) {
      release();
      if (cause instanceof VasError) throw cause;
      if (receiver.transport.closed) throw unknownTransport(cause);
      throw new VasError('unavailable', 'The stream is being started anew. Try again.', { cause });
    }
  }

  /** @throws VasError not_found when it has ended or is not this window's */
  async resumeConsumer(ownerId: string, consumerId: string): Promise<void> {
    const consumer = this.#findConsumer(ownerId, consumerId);
    try {
      if (!consumer) throw new Error('unknown');
      await consumer.resume();
    } catch (cause) {
      throw new VasError('not_found', 'This view has ended. Watch the stream again.', { cause });
    }
  }

  /** Harmless when it has ended already. */
  closeConsumer(ownerId: string, consumerId: string): void {
    this.#findConsumer(ownerId, consumerId)?.close();
  }

  /** What pictures and sound go out through. */
  open(): types.Consumer[] {
    return [...this.#receivers.values()].flatMap(({ consumers }) => [...consumers.values()]);
  }

  /** The window is gone: so are its transports and consumers. */
  closeOwner(ownerId: string): void {
    for (const opening of this.#openings) if (opening.ownerId === ownerId) opening.cancelled = true;
    for (const receiver of [...this.#receivers.values()]) if (receiver.ownerId === ownerId) receiver.close();
  }

  closeAll(): void {
    for (const opening of this.#openings) opening.cancelled = true;
    for (const receiver of [...this.#receivers.values()]) receiver.close();
  }

  #adopt(ownerId: string, worker: SfuWorker, transport: types.WebRtcTransport, lease: Lease): void {
    let asked = false;
    const receiver: Receiver = {
      ownerId,
      transport,
      worker,
      consumers: new Map(),
      close: () => {
        asked = true;
        transport.close();
      },
    };
    this.#receivers.set(transport.id, receiver);
    transport.on('dtlsstatechange', (state) => {
      if (state === 'closed' || state === 'failed') transport.close();
    });
    transport.observer.once('close', () => {
      this.#receivers.delete(transport.id);
      lease.release();
      if (asked) return;
      this.#log.info({ ownerId, transportId: transport.id }, 'a live transport was lost');
      this.#closed.emit({ ownerId, transportIds: [transport.id] });
    });
  }

  /** Pictures are there anyway; sound begins with its first listener. @throws VasError unavailable */
  async #hold({ streamId, kind }: ConsumeRequest): Promise<{ ingress: Ingress; release: () => void }> {
    const { streams, audio } = this.#sources;
    if (kind === 'audio') return audio.listen(streamId);
    // Before the first await: the transcoder shall start while the rest is set up.
    return { ingress: streams.ingressOf(streamId), release: streams.countViewer(streamId) };
  }

  async #createConsumer(
    { transport, worker }: Receiver,
    producerId: string,
    rtpCapabilities: object,
  ): Promise<types.Consumer> {
    const capabilities = rtpCapabilities as types.RtpCapabilities;
    let playable: boolean;
    try {
      playable = worker.router.canConsume({ producerId, rtpCapabilities: capabilities });
    } catch (cause) {
      throw new VasError('bad_request', 'These RTP capabilities cannot be read.', { cause });
    }
    if (!playable) throw new VasError('bad_request', 'This window cannot play this stream.');
    return transport.consume({ producerId, rtpCapabilities: capabilities, paused: true });
  }

  #find(ownerId: string, transportId: string): Receiver {
    const receiver = this.#receivers.get(transportId);
    // Another window's transport is as unknown as one that does not exist.
    if (receiver?.ownerId !== ownerId) throw unknownTransport();
    return receiver;
  }

  #findConsumer(ownerId: string, consumerId: string): types.Consumer | null {
    for (const receiver of this.#receivers.values()) {
      const consumer = receiver.ownerId === ownerId ? receiver.consumers.get(consumerId) : undefined;
      if (consumer) return consumer;
    }
    return null;
  }
}
