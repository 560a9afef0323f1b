import { systemClock } from '../../../base/clock';
import { silentLogger } from '../../../base/logger';
import type { Child } from '../../process/child';
import type { Live } from '../live';
import { createLive } from '../live';
import { PlainReceiver } from './plainReceiver';
import { runtime } from './runtime';
import { startSender } from './sender';
import { HIGH, rtpOf } from './streamInfo';

/** A live service with real workers, and the senders and receivers of one test. */
export class LiveFixture {
  live: Live;
  readonly #senders: Child[] = [];
  readonly #receivers: PlainReceiver[] = [];

  constructor(options: { cores?: number; streamsPerWorker?: number; timesPictures?: boolean } = {}) {
    this.live = createTestLive(options);
  }

  /** Prepares a run of the stream and sends test pictures. */
  async run(streamId: string, info = HIGH) {
    const target = rtpOf(await this.live.prepare(streamId, info));
    const sender = this.keep(startSender(target));
    this.live.running(streamId);
    const producerId = this.live.producerOf(streamId)?.producerId ?? '';
    return { target, sender, producerId };
  }

  async end(streamId: string, sender: Child): Promise<void> {
    await sender.stop(0);
    this.live.ended(streamId);
  }

  async receive(producerId: string): Promise<PlainReceiver> {
    const receiver = await PlainReceiver.open(producerId);
    this.#receivers.push(receiver);
    return receiver;
  }

  async watch(owner: string, streamId: string) {
    const transport = await this.live.openTransport(owner);
    const rtpCapabilities = await this.live.capabilities();
    const consumer = await this.live.consume(owner, { transportId: transport.id, streamId, rtpCapabilities });
    return { transport, consumer };
  }

  /** Ends the child with the test. */
  keep(child: Child): Child {
    this.#senders.push(child);
    return child;
  }

  async stopSenders(): Promise<void> {
    await Promise.all(this.#senders.splice(0).map((sender) => sender.stop(0)));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#receivers.splice(0).map((receiver) => receiver.close()));
    await this.stopSenders();
    await this.live.dispose();
  }
}

export function createTestLive(
  options: { cores?: number; streamsPerWorker?: number; timesPictures?: boolean } = {},
): Live {
  const { workerBin, ffmpegPath } = runtime();
  return createLive({ workerBin, ffmpegPath, clock: systemClock, log: silentLogger(), cores: 2, ...options });
}
