import type { FrameInfo } from '../../../native';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { spawnChild } from '../process/child';
import type { ChildRegistry } from '../process/registry';
import type { FrameSink, StreamId, StreamRole } from '../streams';
import { cameraIdOf, streamIdOf } from '../streams';
import type { DecodeChoice, DecodeOffer } from './acceleration';
import type { FramesAddon } from './addon';
import { CameraSubscriptions, type FrameDemand } from './cameraSubscriptions';
import type { DecoderPhase } from './decoder';
import { decoderRate } from './decoderRate';
import { Epochs, type EpochStore } from './epochs';
import { FrameReader, type ExportedFrame } from './frameReader';
import { ringBytes, ringPath, type RingBudget } from './sharedMemory';
import { canDecode, StreamFrames } from './streamFrames';

/** Epochs that one decoder run may need: each change of the pictures' size takes one. */
const EPOCHS_PER_RUN = 4;
/** Coded sizes are multiples of 16; pictures may be that much larger than announced, pixels. */
const SIZE_SLACK = 16;

export interface FrameExportOptions {
  readonly addon: FramesAddon;
  readonly ffmpegPath: string;
  readonly offer: DecodeOffer;
  readonly epochs: EpochStore;
  readonly budget: RingBudget;
  /** Frames per ring, AI_FRAME_BUFFER_CAPACITY. */
  readonly capacity: number;
  /** Keeps a camera's sub-stream open. @throws VasError not_found when it has none */
  readonly openSub: (cameraId: string) => Promise<{ dispose(): void }>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
  /** A picture was looked at: the cells of the motion grid in which something moved (medium sensitivity). */
  readonly onMotion?: (cameraId: string, wallUs: number, mask: Uint8Array) => void;
}

export interface FrameSubscription extends Disposable {
  /** Another rate; only the decoder notices. */
  setFps(fps: number): void;
  dispose(): void;
}

export interface FrameExportStatus {
  readonly cameraId: string;
  /** The ring's file; it exists while frames come. */
  readonly path: string;
  readonly stream: StreamRole;
  readonly phase: DecoderPhase;
  readonly decoderPid: number | null;
  readonly decoding: DecodeChoice | null;
  /** 0 before the first. */
  readonly latestFrameId: number;
  readonly epoch: number;
  /** Frames a second that come; null while none do. */
  readonly fps: number | null;
  /** Frames a second that the decoder shall give; null: all of the source. */
  readonly rate: number | null;
  readonly published: number;
  readonly drops: {
    /** Losses of packets before the decoder; each cost what came until the next key frame. */
    readonly losses: number;
    /** Decoded pictures that were not published because they may be damaged. */
    readonly refused: number;
    readonly misfits: number;
  };
  readonly restarts: number;
  /** One line about the last failure; null when there was none. */
  readonly problem: string | null;
}

/**
 * Decoded frames in shared memory, for whoever asks (seed 001, phases 1 and 2). Knows nothing of AI. With nobody
 * asking there is a UDP port per running stream and nothing else: no decoder, thread, ring or mapping.
 */
export class FrameExport implements FrameSink, Disposable {
  readonly #options: FrameExportOptions;
  readonly #log: Logger;
  readonly #epochs: Epochs;
  readonly #streams = new Map<StreamId, StreamFrames>();
  readonly #cameras = new Map<string, CameraSubscriptions>();
  readonly #readers = new Map<string, FrameReader>();
  #disposed = false;

  constructor(options: FrameExportOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'frames' });
    this.#epochs = new Epochs(options.epochs);
  }

  /**
   * Frames of a camera are wanted until the result is disposed. The first wish starts the decoder, the last one ends
   * it; neither touches the ingest. What is wanted of a camera that does not run begins when it does.
   * @param demand.fps frames per second, 0.1 to 60
   * @throws VasError bad_request for another rate
   */
  subscribeFrames(cameraId: string, demand: FrameDemand): FrameSubscription {
    const camera = this.#camera(cameraId);
    const entry = camera.add(demand);
    this.#apply(cameraId);
    return {
      setFps: (fps) => {
        camera.change(entry, { ...demand, fps });
        this.#apply(cameraId);
      },
      dispose: () => {
        if (!camera.remove(entry)) return;
        this.#apply(cameraId);
      },
    };
  }

  /** A camera was changed, started or stopped: it may have a sub-stream now, or none any more. */
  cameraChanged(cameraId: string): void {
    this.#cameras.get(cameraId)?.cameraChanged();
  }

  /** Each new frame of a camera, lossy: a listener that is slow, or an application that is busy, sees fewer. */
  onFrame(cameraId: string, listener: (frame: ExportedFrame) => void): Disposable {
    return this.#reader(cameraId).onFrame(listener);
  }

  /** Null while nobody wants frames of the camera. */
  status(cameraId: string): FrameExportStatus | null {
    const camera = this.#cameras.get(cameraId);
    if (!camera || camera.empty) return null;
    const stream = this.#streams.get(streamIdOf(cameraId, camera.role));
    const stats = stream?.tap.stats();
    const decoder = stream?.decoder.status;
    return {
      cameraId,
      path: ringPath(cameraId),
      stream: camera.role,
      phase: decoder?.phase ?? 'waiting',
      decoderPid: decoder?.pid ?? null,
      decoding: decoder?.decoding ?? null,
      latestFrameId: stats?.newestFrameId ?? 0,
      epoch: stats?.epoch ?? 0,
      fps: stream?.fps ?? null,
      rate: decoder?.rate ?? null,
      published: stats?.published ?? 0,
      drops: {
        losses: stats?.losses ?? 0,
        refused: stats?.refused ?? 0,
        misfits: stats?.misfits ?? 0,
      },
      restarts: decoder?.restarts ?? 0,
      problem: decoder?.problem ?? null,
    };
  }

  statuses(): FrameExportStatus[] {
    return [...this.#cameras.keys()].map((id) => this.status(id)).filter((status) => status !== null);
  }

  prepare(run: Parameters<FrameSink['prepare']>[0]): ReturnType<FrameSink['prepare']> {
    if (this.#disposed || !canDecode(run.info.video.codec)) return null;
    const stream = this.#streams.get(run.streamId) ?? this.#open(run.streamId);
    stream.begin(run.info, run.clock);
    this.#apply(cameraIdOf(run.streamId));
    return stream.handover;
  }

  progress(streamId: StreamId, mediaSeconds: number): void {
    this.#streams.get(streamId)?.progress(mediaSeconds);
  }

  lost(streamId: StreamId): void {
    this.#streams.get(streamId)?.tap.distrust();
  }

  ended(streamId: StreamId): void {
    this.#streams.get(streamId)?.end();
  }

  async release(streamId: StreamId): Promise<void> {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    const cameraId = cameraIdOf(streamId);
    this.#giveBackEpochs(cameraId, stream, await stream.close());
    if (!this.#otherStream(streamId)) this.#options.budget.release(cameraId);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const camera of this.#cameras.values()) camera.dispose();
    await Promise.all([...this.#streams.keys()].map((id) => this.release(id)));
    for (const reader of this.#readers.values()) reader.forget();
  }

  #camera(cameraId: string): CameraSubscriptions {
    let camera = this.#cameras.get(cameraId);
    if (!camera) {
      camera = new CameraSubscriptions({
        openSub: () => this.#options.openSub(cameraId),
        onRole: () => this.#apply(cameraId),
        onFailure: (error) =>
          this.#log.info({ cameraId, reason: messageOf(error) }, 'frames come from the main stream'),
      });
      this.#cameras.set(cameraId, camera);
    }
    return camera;
  }

  #reader(cameraId: string): FrameReader {
    let reader = this.#readers.get(cameraId);
    if (!reader) {
      reader = new FrameReader(cameraId, ringPath(cameraId), this.#options.addon, {
        onFailure: (error) =>
          this.#log.error({ cameraId, reason: messageOf(error) }, 'a listener of frames failed'),
        onMotion: ({ wallUs, motion }) => {
          if (motion) this.#options.onMotion?.(cameraId, wallUs, motion.medium);
        },
      });
      this.#readers.set(cameraId, reader);
    }
    return reader;
  }

  #open(streamId: StreamId): StreamFrames {
    const { addon, ffmpegPath, offer, clock, registry } = this.#options;
    const cameraId = cameraIdOf(streamId);
    const tap = addon.createFrameTap(() => {
      const stream = this.#streams.get(streamId);
      if (!stream) return;
      stream.decoder.tapChanged();
      this.#readers.get(cameraId)?.news(tap.stats().newestFrameId);
    });
    const stream = new StreamFrames(streamId, tap, {
      ...{ ffmpegPath, offer, clock, spawn: spawnChild },
      log: this.#log.child({ streamId }),
      onEnded: () => this.#readers.get(cameraId)?.forget(),
      nextRun: () => this.#nextRun(streamId),
      child: registry ? { registry } : {},
    });
    this.#streams.set(streamId, stream);
    return stream;
  }

  /** What the next decoder run gets, checked before it starts. */
  async #nextRun(streamId: StreamId) {
    const { capacity, budget } = this.#options;
    const cameraId = cameraIdOf(streamId);
    const stream = this.#streams.get(streamId);
    const video = stream?.info?.video;
    if (!stream || !video) throw new VasError('unavailable', 'The stream does not run.');
    const bytes = ringBytes(capacity, video.width + SIZE_SLACK, video.height + SIZE_SLACK);
    if (!budget.grant(cameraId, bytes))
      throw new VasError(
        'unavailable',
        `Shared memory has no room for the frames of this camera: ${bytes} bytes are needed, ${budget.free} are free. ` +
          'Use the sub-stream for detection, or a smaller AI_FRAME_BUFFER_CAPACITY.',
      );
    // The run before has ended; a run of the camera's other stream may not have, and keeps its own.
    this.#giveBackEpochs(cameraId, stream, stream.tap.stats().epoch);
    const epochs = (stream.epochs = await this.#epochs.reserve(cameraId, EPOCHS_PER_RUN));
    return {
      path: ringPath(cameraId),
      cameraId,
      capacity,
      maxBytes: bytes,
      firstEpoch: epochs.first,
      epochs: epochs.count,
    };
  }

  #giveBackEpochs(cameraId: string, stream: StreamFrames, lastUsed: number): void {
    if (stream.epochs) this.#epochs.giveBack(cameraId, stream.epochs, lastUsed);
    stream.epochs = null;
  }

  /** Sets both streams' decoders to what is wanted now: one of them runs, or none (INV-14). */
  #apply(cameraId: string): void {
    const camera = this.#cameras.get(cameraId);
    for (const role of ['main', 'sub'] as const) {
      const stream = this.#streams.get(streamIdOf(cameraId, role));
      if (!stream) continue;
      const wanted = camera && !camera.empty && camera.role === role && !this.#disposed;
      stream.decoder.setRate(wanted ? decoderRate(camera.rates, stream.info?.video.fps ?? null) : undefined);
    }
    if (!camera || camera.empty) this.#options.budget.release(cameraId);
  }

  #otherStream(streamId: StreamId): boolean {
    const cameraId = cameraIdOf(streamId);
    return (['main', 'sub'] as const).some((role) => this.#streams.has(streamIdOf(cameraId, role)));
  }
}

export type { ExportedFrame, FrameDemand, FrameInfo };
