import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { Signalling } from './signalling';
import { SignallingError } from './signalling';
import type { LiveFeedStats } from './feedStats';
import { statsOf } from './feedStats';
import type { SoundStats } from './soundStats';
import { soundStatsOf } from './soundStats';
import type { StreamRole } from './types';

/** A transport that does not answer for this long is given up, milliseconds. */
const DISCONNECTED_LIMIT_MS = 1_000;

/** One consumer, on both sides. */
export interface View {
  readonly producerId: string;
  readonly track: MediaStreamTrack;
  stats(): Promise<LiveFeedStats | null>;
  close(): void;
}

/** One consumer of sound, on both sides. */
export interface SoundView {
  readonly track: MediaStreamTrack;
  stats(): Promise<SoundStats | null>;
  close(): void;
}

interface Wanted {
  readonly cameraId: string;
  readonly role: StreamRole;
  readonly kind: types.MediaKind;
}

interface Opened {
  readonly device: Device;
  readonly transport: types.Transport;
}

/** The window's one receiving transport: opened when it is needed, opened again after it was lost. */
export class ReceiveSession {
  readonly #signalling: Signalling;
  /** The transport is gone and with it every view. */
  readonly #onLost: () => void;
  #device: Promise<Device> | null = null;
  #opened: Promise<Opened> | null = null;
  #closed = false;

  constructor(signalling: Signalling, onLost: () => void) {
    this.#signalling = signalling;
    this.#onLost = onLost;
  }

  /** @throws Error with a message for people when the stream cannot be watched now */
  async view(cameraId: string, role: StreamRole): Promise<View> {
    const { consumer, producerId } = await this.#consume({ cameraId, role, kind: 'video' });
    return this.#viewOf(consumer, producerId);
  }

  /** @throws Error with a message for people when the camera cannot be listened to now */
  async sound(cameraId: string): Promise<SoundView> {
    const { consumer } = await this.#consume({ cameraId, role: 'main', kind: 'audio' });
    return {
      track: consumer.track,
      stats: async () => (consumer.closed ? null : soundStatsOf(await reportOf(consumer))),
      close: () => this.#closeConsumer(consumer),
    };
  }

  async #consume(wanted: Wanted): Promise<{ consumer: types.Consumer; producerId: string }> {
    const opening = (this.#opened ??= this.#open());
    let opened: Opened;
    try {
      opened = await opening;
    } catch (error) {
      if (this.#opened === opening) this.#opened = null;
      throw error;
    }
    const { device, transport } = opened;
    let offer: Awaited<ReturnType<Signalling['consume']>>;
    try {
      offer = await this.#signalling.consume(transport.id, wanted, device.recvRtpCapabilities);
    } catch (error) {
      if (error instanceof SignallingError && error.code === 'unknown_transport') this.#lose(opened);
      throw error;
    }
    try {
      // Sound has a stream id of its own: Chromium would hold pictures back to match them with it.
      const streamId = wanted.kind === 'audio' ? `sound-${offer.id}` : undefined;
      const consumer = await transport.consume({ ...offer, ...(streamId === undefined ? {} : { streamId }) });
      const receiver = consumer.rtpReceiver;
      // As little delay as the jitter allows (bars live.glass_*).
      if (receiver && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      await this.#signalling.resumeConsumer(offer.id);
      return { consumer, producerId: offer.producerId };
    } catch (error) {
      this.#signalling.closeConsumer(offer.id);
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    const opening = this.#opened;
    this.#opened = null;
    opening?.then((opened) => this.#discard(opened)).catch(() => undefined);
  }

  async #open(): Promise<Opened> {
    if (this.#closed) throw new Error('Live view was closed.');
    const loading = (this.#device ??= this.#load());
    const device = await loading.catch((error: unknown) => {
      this.#device = null;
      throw error;
    });
    const transport = device.createRecvTransport(await this.#signalling.openTransport());
    const opened = { device, transport };
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      this.#signalling.connectTransport(transport.id, dtlsParameters).then(done, failed);
    });
    let patience: ReturnType<typeof setTimeout> | undefined;
    transport.on('connectionstatechange', (state) => {
      clearTimeout(patience);
      if (state === 'failed' || state === 'closed') this.#lose(opened);
      else if (state === 'disconnected')
        patience = setTimeout(() => this.#lose(opened), DISCONNECTED_LIMIT_MS);
    });
    transport.observer.once('close', () => clearTimeout(patience));
    return opened;
  }

  async #load(): Promise<Device> {
    const device = await Device.factory();
    await device.load({ routerRtpCapabilities: await this.#signalling.capabilities() });
    return device;
  }

  #viewOf(consumer: types.Consumer, producerId: string): View {
    return {
      producerId,
      track: consumer.track,
      stats: async () => (consumer.closed ? null : statsOf(await reportOf(consumer))),
      close: () => this.#closeConsumer(consumer),
    };
  }

  #closeConsumer(consumer: types.Consumer): void {
    consumer.close();
    this.#signalling.closeConsumer(consumer.id);
  }

  #lose(opened: Opened): void {
    if (opened.transport.closed) return;
    this.#opened = null;
    this.#discard(opened);
    this.#onLost();
  }

  #discard({ transport }: Opened): void {
    transport.close();
    this.#signalling.closeTransport(transport.id);
  }
}

/** DOM types know the report as a Map-like object that cannot be iterated. */
async function reportOf(consumer: types.Consumer): Promise<ReadonlyMap<string, unknown>> {
  return (await consumer.getStats()) as unknown as ReadonlyMap<string, unknown>;
}
