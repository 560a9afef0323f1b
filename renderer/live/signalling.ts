import type { types } from 'mediasoup-client';
import type { VasBridge } from '../../contract/bridge';
import type { ErrorEnvelope, Reply } from '../../contract';
import type { StreamRole } from './types';

/** A live call that the main process refused; the message is for people. */
export class SignallingError extends Error {
  /** Machine-readable reason, such as `unknown_transport`; null when there is none. */
  readonly code: string | null;

  constructor({ message, details }: ErrorEnvelope['error']) {
    super(message);
    this.name = 'SignallingError';
    const code = typeof details === 'object' && details !== null && 'code' in details ? details.code : null;
    this.code = typeof code === 'string' ? code : null;
  }
}

/** The live channels of the contract in the types of mediasoup-client. */
export class Signalling {
  readonly #bridge: VasBridge;

  constructor(bridge: VasBridge) {
    this.#bridge = bridge;
  }

  async capabilities(): Promise<types.RtpCapabilities> {
    return (await settled(this.#bridge.query('live.capabilities', {})))
      .rtpCapabilities as types.RtpCapabilities;
  }

  async openTransport(): Promise<types.TransportOptions> {
    return (await settled(
      this.#bridge.command('live.open-transport', {}),
    )) as unknown as types.TransportOptions;
  }

  async connectTransport(transportId: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    const request = { transport_id: transportId, dtlsParameters: { ...dtlsParameters } };
    await settled(this.#bridge.command('live.connect-transport', request));
  }

  /** Best effort: what is gone already is gone. */
  closeTransport(transportId: string): void {
    this.#bridge.command('live.close-transport', { transport_id: transportId }).catch(() => undefined);
  }

  async consume(
    transportId: string,
    stream: { readonly cameraId: string; readonly role: StreamRole; readonly kind: types.MediaKind },
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<{ id: string; producerId: string; kind: types.MediaKind; rtpParameters: types.RtpParameters }> {
    const reply = await settled(
      this.#bridge.command('live.consume', {
        transport_id: transportId,
        camera_id: stream.cameraId,
        role: stream.role,
        kind: stream.kind,
        rtpCapabilities: { ...rtpCapabilities },
      }),
    );
    const rtpParameters = reply.rtpParameters as unknown as types.RtpParameters;
    return { id: reply.id, producerId: reply.producer_id, kind: reply.kind, rtpParameters };
  }

  async resumeConsumer(consumerId: string): Promise<void> {
    await settled(this.#bridge.command('live.resume-consumer', { consumer_id: consumerId }));
  }

  /** Best effort, and always sent: the main process may hold more than the consumer for it. */
  closeConsumer(consumerId: string): void {
    this.#bridge.command('live.close-consumer', { consumer_id: consumerId }).catch(() => undefined);
  }
}

async function settled<T>(pending: Promise<Reply<T>>): Promise<T> {
  const reply = await pending;
  if (reply.ok) return reply.data;
  throw new SignallingError(reply.error);
}
