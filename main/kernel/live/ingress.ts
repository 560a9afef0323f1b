import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import { VasError } from '../../base/errors';
import type { ProducedMedia } from './codec';
import { VIDEO, randomSsrc } from './codec';
import type { HeldPorts, PortPair } from './loopbackPorts';
import { LOOPBACK, SFU_PORTS, arePortsFree, holdPorts, pickPortPair } from './loopbackPorts';
import type { LiveTarget } from '../streams';
import type { SfuWorker } from './sfuProcess';
import { rtpTimeOfZero } from './rtpZero';
import { SOCKET_BUFFER_BYTES } from './sfuProcess';
import type { Lease, WorkerPool } from './workerPool';

export type RtpTarget = Extract<LiveTarget, { mode: 'rtp' }>;

/** What FFmpeg of the current run was told; enough to serve it again from another worker. */
export interface Endpoint {
  /** Ports of the SFU. */
  readonly sfu: PortPair;
  /** Ports that FFmpeg binds; nobody else's packets are taken (W-68). */
  readonly sender: PortPair;
  readonly ssrc: number;
}

/**
 * One stream's way into the SFU: a plain transport that listens to FFmpeg's two ports only, and the one
 * producer that all viewers share (INV-09). Both outlive FFmpeg, which comes back with the next run.
 */
export class Ingress {
  readonly producer: types.Producer;
  readonly worker: SfuWorker;
  readonly #transport: types.PlainTransport;
  readonly #lease: Lease;
  /** Those of the sender; free while no FFmpeg runs, but ours. */
  readonly #ports: HeldPorts;
  readonly #endpoint: Endpoint;
  readonly #media: ProducedMedia;
  /** Sequence number of the producer's first packet; null when it came in the middle of a run. */
  readonly #firstSequence: number | null;
  /** What the run's reports call media time 0; null: nobody asked. */
  #zeroUs: number | null = null;
  /** RTP time stamp of media time 0 of the run, 90 kHz ticks modulo 2^32; null until a report has told. */
  #zeroTicks: number | null = null;

  private constructor(
    lease: Lease,
    worker: SfuWorker,
    transport: types.PlainTransport,
    producer: types.Producer,
    ports: HeldPorts,
    endpoint: Endpoint,
    media: ProducedMedia,
    firstSequence: number | null,
  ) {
    this.#lease = lease;
    this.#ports = ports;
    this.worker = worker;
    this.#transport = transport;
    this.producer = producer;
    this.#endpoint = endpoint;
    this.#media = media;
    this.#firstSequence = firstSequence;
    producer.on('trace', ({ type, info }) => {
      if (type === 'sr') this.#reported(info);
    });
  }

  /** @throws VasError unavailable when no worker can be started */
  static async open(pool: WorkerPool, media: ProducedMedia = VIDEO): Promise<Ingress> {
    const sender = await pickPortPair();
    try {
      // Below 2^15, so that the numbering does not wrap in the first seconds.
      return await Ingress.#create(pool, media, sender, null, randomSsrc(), randomInt(0, 2 ** 15));
    } finally {
      // By now the ingress holds them itself.
      sender.release();
    }
  }

  /**
   * Takes over the run of an ingress whose worker died: same ports and SSRC on another worker, so that
   * FFmpeg, and with it the recording, goes on undisturbed.
   * @throws VasError unavailable when that is not possible, for example because a port was taken
   */
  static async adopt(pool: WorkerPool, orphan: Ingress): Promise<Ingress> {
    const { sender, sfu, ssrc } = orphan.#endpoint;
    const heir = await Ingress.#create(pool, orphan.#media, sender, sfu, ssrc, null);
    heir.#zeroTicks = orphan.#zeroTicks;
    if (heir.#zeroTicks === null && orphan.#zeroUs !== null) await heir.#listenForZero(orphan.#zeroUs);
    return heir;
  }

  /**
   * Listens to an FFmpeg that sends already, on the ports that it was told.
   * @throws VasError unavailable when that is not possible, for example because a port was taken
   */
  static join(pool: WorkerPool, media: ProducedMedia, { sender, sfu, ssrc }: Endpoint): Promise<Ingress> {
    return Ingress.#create(pool, media, sender, sfu, ssrc, null);
  }

  static async #create(
    pool: WorkerPool,
    media: ProducedMedia,
    sender: PortPair,
    listen: PortPair | null,
    ssrc: number,
    firstSequence: number | null,
  ): Promise<Ingress> {
    const lease = pool.leaseForStream();
    const ports = holdPorts(sender);
    try {
      const worker = await lease.worker;
      const listenOn = (port: number | undefined): types.TransportListenInfo => ({
        protocol: 'udp',
        ip: LOOPBACK,
        recvBufferSize: SOCKET_BUFFER_BYTES,
        ...(port === undefined ? { portRange: SFU_PORTS.streams } : { port }),
      });
      const transport = await worker.router.createPlainTransport({
        listenInfo: listenOn(listen?.rtp),
        rtcpListenInfo: listenOn(listen?.rtcp),
        rtcpMux: false,
        comedia: false,
      });
      try {
        await transport.connect({ ip: LOOPBACK, port: sender.rtp, rtcpPort: sender.rtcp });
        const producer = await transport.produce({ kind: media.kind, rtpParameters: media.parameters(ssrc) });
        const rtcp = transport.rtcpTuple;
        if (!rtcp) throw new VasError('internal', 'The live-view process gave no RTCP port.');
        const sfu = { rtp: transport.tuple.localPort, rtcp: rtcp.localPort };
        const endpoint: Endpoint = { sfu, sender, ssrc };
        return new Ingress(lease, worker, transport, producer, ports, endpoint, media, firstSequence);
      } catch (error) {
        transport.close();
        throw error;
      }
    } catch (cause) {
      lease.release();
      ports.release();
      if (cause instanceof VasError) throw cause;
      throw new VasError('unavailable', 'The live-view process could not take the stream. Try again.', {
        cause,
      });
    }
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  /**
   * Tells where the next FFmpeg shall send. Its packets continue the producer's numbering, and every
   * consumer waits for its first key frame, so that viewers go on by themselves.
   *
   * FFmpeg's RTP time stamps begin anywhere; Chromium takes a step forward at once, and after a step back
   * it takes the first key frame that is there 3 s after the last picture (its time limit for a frame).
   * @param zeroUs what its reports shall call media time 0, whole milliseconds in microseconds; null: nobody asks
   * @returns null when this ingress cannot serve another run and must be replaced
   */
  async nextRun(zeroUs: number | null = null): Promise<RtpTarget | null> {
    if (this.#firstSequence === null || this.closed) return null;
    const { sfu, sender, ssrc } = this.#endpoint;
    if (!(await arePortsFree([sender.rtp, sender.rtcp]))) return null;
    try {
      await this.producer.pause();
      const numbered = await this.#packetsNumbered();
      await this.producer.resume();
      await this.#listenForZero(zeroUs);
      return {
        mode: 'rtp',
        ip: LOOPBACK,
        rtpPort: sfu.rtp,
        rtcpPort: sfu.rtcp,
        localRtpPort: sender.rtp,
        localRtcpPort: sender.rtcp,
        ssrc,
        payloadType: this.#media.payloadType,
        firstSequence: (this.#firstSequence + numbered) % 2 ** 16,
        ...(zeroUs === null ? {} : { zeroUs }),
      };
    } catch {
      // Only a worker that died in between refuses these.
      return null;
    }
  }

  /** RTP time stamp of a media time of the run, microseconds; null until its first report, within seconds. */
  rtpTimeOf(mediaUs: number): number | null {
    if (this.#zeroTicks === null) return null;
    const ticks = (this.#zeroTicks + Math.round((mediaUs * 9) / 100)) % 2 ** 32;
    return ticks < 0 ? ticks + 2 ** 32 : ticks;
  }

  /** Packets received so far. @throws when the worker is gone */
  async packetsReceived(): Promise<number> {
    const [stats] = await this.producer.getStats();
    return stats?.packetCount ?? 0;
  }

  /** FFmpeg reports with its first packet and every 5 s; one report tells all. */
  async #listenForZero(zeroUs: number | null): Promise<void> {
    this.#zeroUs = zeroUs;
    this.#zeroTicks = null;
    if (zeroUs !== null) await this.producer.enableTraceEvent(['sr']);
  }

  #reported(info: Readonly<Record<string, unknown>>): void {
    if (this.#zeroUs === null || this.#zeroTicks !== null) return;
    this.#zeroTicks = rtpTimeOfZero(info, this.#zeroUs);
    // Only a worker that has died refuses it.
    if (this.#zeroTicks !== null) this.producer.enableTraceEvent([]).catch(() => undefined);
  }

  close(): void {
    this.#transport.close();
    this.#lease.release();
    this.#ports.release();
  }

  /** Sequence numbers used so far: packets that came and packets that were lost on the way. */
  async #packetsNumbered(): Promise<number> {
    const [stats] = await this.producer.getStats();
    return stats ? stats.packetCount + Math.max(0, stats.packetsLost) : 0;
  }
}
