import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { CommandName, Reply, RequestInput, ResponseOf, VasBridge } from '../../contract';

/**
 * Viewers inside the page, beside the application's own tiles: real consumers with real decoders,
 * through the same channels. Bundled by `viewer/install.ts` and run by the inspector.
 */
interface Viewer {
  readonly consumer: types.Consumer;
  readonly video: HTMLVideoElement;
}

/** What the test calls: `globalThis.vasTestViewers`. */
export class Viewers {
  #transport: types.Transport | null = null;
  #device: Device | null = null;
  readonly #viewers = new Map<number, Viewer>();
  #next = 1;

  /** Joins: resolves with a number for `leave` and the producer's id when the first picture was decoded. */
  async join(cameraId: string): Promise<{ viewer: number; producerId: string; firstPictureMs: number }> {
    const start = performance.now();
    const { device, transport } = await this.#open();
    const offer = await command('live.consume', {
      transport_id: transport.id,
      camera_id: cameraId,
      role: 'main',
      rtpCapabilities: device.recvRtpCapabilities as Record<string, unknown>,
    });
    const consumer = await transport.consume({
      id: offer.id,
      producerId: offer.producer_id,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as unknown as types.RtpParameters,
    });
    const video = document.createElement('video');
    video.muted = true;
    video.width = 160;
    // Inside the window, so that the decoder really presents it.
    video.style.cssText = 'position:fixed;right:0;bottom:0;opacity:0.01;pointer-events:none';
    video.srcObject = new MediaStream([consumer.track]);
    document.body.append(video);
    const picture = new Promise<void>((resolve, reject) => {
      video.requestVideoFrameCallback(() => resolve());
      setTimeout(() => reject(new Error('no picture within ten seconds')), 10_000);
    });
    // Settles with the first picture, which cannot come before the consumer is resumed.
    void video.play();
    await command('live.resume-consumer', { consumer_id: offer.id });
    await picture;
    const viewer = this.#next++;
    this.#viewers.set(viewer, { consumer, video });
    return { viewer, producerId: offer.producer_id, firstPictureMs: performance.now() - start };
  }

  async leave(viewer: number): Promise<void> {
    const found = this.#viewers.get(viewer);
    if (!found) throw new Error(`there is no viewer ${String(viewer)}`);
    this.#viewers.delete(viewer);
    found.video.srcObject = null;
    found.video.remove();
    found.consumer.close();
    await command('live.close-consumer', { consumer_id: found.consumer.id });
  }

  /** Everybody leaves and the transport goes. */
  async close(): Promise<void> {
    for (const viewer of [...this.#viewers.keys()]) await this.leave(viewer);
    const transport = this.#transport;
    this.#transport = null;
    if (!transport) return;
    transport.close();
    await command('live.close-transport', { transport_id: transport.id });
  }

  async #open(): Promise<{ device: Device; transport: types.Transport }> {
    if (!this.#device) {
      const { rtpCapabilities } = await unwrapped('live.capabilities', vas.query('live.capabilities', {}));
      const device = new Device();
      await device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities });
      this.#device = device;
    }
    const device = this.#device;
    if (!this.#transport) {
      const opened = await command('live.open-transport', {});
      const transport = device.createRecvTransport(opened as unknown as types.TransportOptions);
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        command('live.connect-transport', {
          transport_id: transport.id,
          dtlsParameters: dtlsParameters as unknown as Record<string, unknown>,
        }).then(() => done(), failed);
      });
      this.#transport = transport;
    }
    return { device, transport: this.#transport };
  }
}

const { vas } = globalThis as unknown as { vas: VasBridge };

async function unwrapped<T>(name: string, reply: Promise<Reply<T>>): Promise<T> {
  const answer = await reply;
  if (answer.ok) return answer.data;
  throw new Error(`${name}: ${String(answer.error.status)} ${answer.error.message}`);
}

const command = <N extends CommandName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>> =>
  unwrapped(name, vas.command(name, request));

(globalThis as unknown as { vasTestViewers: Viewers }).vasTestViewers = new Viewers();
