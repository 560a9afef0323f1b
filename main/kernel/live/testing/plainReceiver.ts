import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';

/** The fields of an RTP packet that the tests look at. */
export interface SeenPacket {
  readonly sequence: number;
  readonly timestamp: number;
  /** NAL unit types that begin in it: 1 picture, 5 key picture, 7 SPS, 8 PPS. */
  readonly nals: number[];
}

const routers = new Set<types.Router>();
mediasoup.observer.on('newworker', (worker) =>
  worker.observer.on('newrouter', (router) => {
    routers.add(router);
    router.observer.once('close', () => routers.delete(router));
  }),
);

/** A producer anywhere in this process's workers. @throws Error when there is none */
export function findProducer(producerId: string): { router: types.Router; producer: types.Producer } {
  for (const router of routers) {
    const producer = producersOf(router).get(producerId);
    if (producer) return { router, producer };
  }
  throw new Error(`no producer ${producerId}`);
}

const known = new WeakMap<types.Router, Map<string, types.Producer>>();
mediasoup.observer.on('newworker', (worker) =>
  worker.observer.on('newrouter', (router) => {
    router.observer.on('newtransport', (transport) =>
      transport.observer.on('newproducer', (producer) => {
        producersOf(router).set(producer.id, producer);
        producer.observer.once('close', () => producersOf(router).delete(producer.id));
      }),
    );
  }),
);

function producersOf(router: types.Router): Map<string, types.Producer> {
  const producers = known.get(router) ?? new Map<string, types.Producer>();
  known.set(router, producers);
  return producers;
}

/** Consumes a producer over plain RTP to a socket of ours, so that tests see the very packets. */
export class PlainReceiver {
  readonly packets: SeenPacket[] = [];
  readonly consumer: types.Consumer;
  readonly #socket: Socket;
  readonly #transport: types.PlainTransport;

  private constructor(socket: Socket, transport: types.PlainTransport, consumer: types.Consumer) {
    this.#socket = socket;
    this.#transport = transport;
    this.consumer = consumer;
    socket.on('message', (message) => {
      const packet = parse(message);
      if (packet) this.packets.push(packet);
    });
  }

  static async open(producerId: string): Promise<PlainReceiver> {
    const { router } = findProducer(producerId);
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      rtcpMux: true,
      comedia: false,
    });
    await transport.connect({ ip: '127.0.0.1', port: socket.address().port });
    // Without estimation feedback the worker sends no probe packets in between.
    const rtpCapabilities = structuredClone(router.rtpCapabilities);
    for (const codec of rtpCapabilities.codecs ?? []) codec.rtcpFeedback = [];
    rtpCapabilities.headerExtensions = [];
    const consumer = await transport.consume({ producerId, rtpCapabilities, enableRtx: false });
    return new PlainReceiver(socket, transport, consumer);
  }

  async close(): Promise<void> {
    this.#transport.close();
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}

function parse(message: Buffer): SeenPacket | null {
  const payloadType = message.readUInt8(1) & 0x7f;
  if (payloadType >= 72 && payloadType <= 76) return null; // RTCP
  let offset = 12 + 4 * (message.readUInt8(0) & 0x0f);
  if (message.readUInt8(0) & 0x10) offset += 4 + 4 * message.readUInt16BE(offset + 2);
  const nals: number[] = [];
  const type = message.readUInt8(offset) & 0x1f;
  if (type === 28) {
    if (message.readUInt8(offset + 1) & 0x80) nals.push(message.readUInt8(offset + 1) & 0x1f);
  } else if (type === 24) {
    for (let at = offset + 1; at + 2 < message.length; at += 2 + message.readUInt16BE(at))
      nals.push(message.readUInt8(at + 2) & 0x1f);
  } else nals.push(type);
  return { sequence: message.readUInt16BE(2), timestamp: message.readUInt32BE(4), nals };
}

/** Places at which a sequence number does not follow the one before. */
export function gapsIn(packets: readonly SeenPacket[]): number[] {
  return packets.flatMap((packet, index) => {
    const before = packets[index - 1];
    return before && ((before.sequence + 1) & 0xffff) !== packet.sequence ? [index] : [];
  });
}
