import { VasError } from '../base/errors';
import type { Clock } from '../base/clock';
import type { CameraService } from './cameras/service';
import type { Live } from './live/live';
import type { StreamRole } from './streams';
import { streamIdOf } from './streams';

/** How long a viewer waits for a sub-stream that has to be opened first. */
const SUB_START_LIMIT_MS = 8_000;

type ConsumeReply = Awaited<ReturnType<Live['consume']>>;

/** Ties viewers to streams: a sub-stream is open exactly while somebody watches it. */
export class Viewers {
  readonly #live: Live;
  readonly #cameras: CameraService;
  readonly #clock: Clock;
  /** Consumer id to what it keeps open. */
  readonly #subUse = new Map<string, { owner: string; transportId: string; release: () => void }>();

  constructor(live: Live, cameras: CameraService, clock: Clock) {
    this.#live = live;
    this.#cameras = cameras;
    this.#clock = clock;
  }

  /** @throws VasError unavailable when the stream does not run, not_found for an unknown camera or transport */
  async consume(
    owner: string,
    request: {
      transportId: string;
      cameraId: string;
      role: StreamRole;
      kind: 'video' | 'audio';
      rtpCapabilities: Record<string, unknown>;
    },
  ): Promise<ConsumeReply> {
    const { transportId, rtpCapabilities, kind } = request;
    // The main stream runs always and has the sound, whichever of the two is looked at.
    if (kind === 'audio') {
      const streamId = streamIdOf(request.cameraId, 'main');
      return this.#live.consume(owner, { transportId, streamId, kind, rtpCapabilities });
    }
    const streamId = streamIdOf(request.cameraId, request.role);
    if (request.role === 'main') return this.#live.consume(owner, { transportId, streamId, rtpCapabilities });
    const use = await this.#cameras.acquireSub(request.cameraId);
    try {
      await this.#untilPlayable(streamId);
      const reply = await this.#live.consume(owner, { transportId, streamId, rtpCapabilities });
      this.#subUse.set(reply.id, { owner, transportId, release: () => use.dispose() });
      return reply;
    } catch (error) {
      use.dispose();
      throw error;
    }
  }

  closeConsumer(owner: string, consumerId: string): void {
    this.#live.closeConsumer(owner, consumerId);
    this.#releaseWhere((_use, id) => id === consumerId);
  }

  closeTransport(owner: string, transportId: string): void {
    this.#live.closeTransport(owner, transportId);
    this.#releaseWhere((use) => use.owner === owner && use.transportId === transportId);
  }

  /** The window is gone (W-16, W-17). */
  closeOwner(owner: string): void {
    this.#live.closeOwner(owner);
    this.#releaseWhere((use) => use.owner === owner);
  }

  #releaseWhere(matches: (use: { owner: string; transportId: string }, consumerId: string) => boolean): void {
    for (const [id, use] of this.#subUse) {
      if (!matches(use, id)) continue;
      this.#subUse.delete(id);
      use.release();
    }
  }

  #untilPlayable(streamId: string): Promise<void> {
    if (this.#live.producerOf(streamId)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const listening = this.#live.onProducersChanged(() => {
        if (!this.#live.producerOf(streamId)) return;
        void listening.dispose();
        limit.cancel();
        resolve();
      });
      const limit = this.#clock.after(SUB_START_LIMIT_MS, () => {
        void listening.dispose();
        reject(new VasError('unavailable', 'The sub-stream of this camera does not run yet.'));
      });
    });
  }
}
