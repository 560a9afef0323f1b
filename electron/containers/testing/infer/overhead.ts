import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ExportedFrameFeed } from '../../../../main/ai/frameFeed';
import { systemClock } from '../../../../main/base/clock';
import { silentLogger } from '../../../../main/base/logger';
import { loadAddon } from '../../../../main/kernel/frames/addon';
import { readDecodeOffer } from '../../../../main/kernel/frames/decodeOffer';
import { FrameExport } from '../../../../main/kernel/frames/frameExport';
import { RingBudget } from '../../../../main/kernel/frames/sharedMemory';
import type { Setup } from './world';
import { keyOf, openWorld, PICTURE } from './world';

const CAMERAS = 4;
const FPS = 5;
/** Until decoders, containers and store run evenly, milliseconds. */
const WARM_UP_MS = 6_000;

/** One frame from its publication to its committed event, milliseconds. */
export interface Passage {
  readonly total: number;
  readonly model: number;
  readonly wait: number;
  readonly preprocess: number;
  readonly postprocess: number;
}

export interface OverheadFigures {
  readonly passages: Passage[];
  /** Where each camera's frames lie within the interval of 200 ms, milliseconds. */
  readonly phases: number[];
  readonly published: number;
  readonly dropped: unknown;
}

/**
 * Cameras whose packets FFmpeg replays in real time, decoded by the product's decoders into rings; each result
 * becomes an event.
 * @param inPhase all cameras send one input, in the same moment; otherwise each a quarter of the interval later
 */
export async function measureOverhead(setup: Setup, inPhase: boolean): Promise<OverheadFigures> {
  const log = silentLogger();
  const cameras: string[] = Array.from({ length: CAMERAS }, () => randomUUID());
  const frames = new FrameExport({
    ...{
      addon: await loadAddon(),
      ffmpegPath: setup.ffmpeg,
      offer: await readDecodeOffer(setup.ffmpeg, log),
    },
    ...{ budget: new RingBudget(2 ** 28), capacity: 8, clock: systemClock, log },
    openSub: () => Promise.reject(new Error('no sub-stream')),
    epochs: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
  });
  const feed = new ExportedFrameFeed(frames);
  const world = await openWorld(setup, feed, cameras, FPS);
  const published = new Map<string, { atNs: bigint; key: string }>();
  for (const cameraId of cameras)
    frames.onFrame(cameraId, ({ frameId, monotonicNs, wallUs }) =>
      published.set(eventKey(cameraId, wallUs), { atNs: monotonicNs, key: keyOf(cameraId, frameId) }),
    );
  const passages: Passage[] = [];
  const arrivals = cameras.map((): number[] => []);
  let measuring = false;
  world.persistence.stored.on(({ cameraId, timestampUs }) => {
    const atNs = process.hrtime.bigint();
    const frame = published.get(eventKey(cameraId, timestampUs));
    const spent = frame && world.spent.get(frame.key);
    if (!measuring || !frame || !spent) return;
    passages.push({ total: Number(atNs - frame.atNs) / 1e6, ...spent });
    arrivals[cameras.indexOf(cameraId)]?.push(Number(frame.atNs / 1000n) / 1000);
  });
  const senders = new Senders(setup, frames, cameras);
  try {
    await senders.start(inPhase);
    await delay(WARM_UP_MS);
    measuring = true;
    const before = total(frames);
    await delay(setup.overheadSeconds * 1000);
    measuring = false;
    return {
      passages,
      phases: arrivals.map(phaseOf),
      published: total(frames) - before,
      dropped: { subscriptions: world.core.metrics(), events: { ...world.persistence.drops } },
    };
  } finally {
    await senders.stop();
    await world.dispose();
    feed.dispose();
    await frames.dispose();
  }
}

const total = (frames: FrameExport): number =>
  frames.statuses().reduce((sum, { published }) => sum + published, 0);

/** Events carry milliseconds; at 5 frames a second that names the frame. */
const eventKey = (cameraId: string, wallUs: number): string =>
  `${cameraId} ${String(Math.floor(wallUs / 1000))}`;

/** Mean on the circle of one interval. */
function phaseOf(times: readonly number[]): number {
  const interval = 1000 / FPS;
  const angles = times.map((time) => ((time % interval) / interval) * 2 * Math.PI);
  const [x, y] = [Math.cos, Math.sin].map((part) => angles.reduce((sum, angle) => sum + part(angle), 0));
  const angle = Math.atan2(y ?? 0, x ?? 0);
  return Math.round((((angle / (2 * Math.PI)) * interval + interval) % interval) * 10) / 10;
}

/** Resolves a second and so many quarters of the interval after a moment, or whole intervals later. */
async function nextPhase(beganUs: number, quarter: number): Promise<void> {
  const intervalUs = 1e6 / FPS;
  const passedUs = systemClock.monotonicUs() - beganUs;
  const wantedUs = 1e6 + (quarter * intervalUs) / CAMERAS;
  const late = Math.max(0, Math.ceil((passedUs - wantedUs) / intervalUs));
  await delay((wantedUs + late * intervalUs - passedUs) / 1000);
}

/** What the ingest does for frames, without a camera: packets to the hand-over of each stream, and the time. */
class Senders {
  readonly #children: ReturnType<typeof spawn>[] = [];
  #progress: NodeJS.Timeout | null = null;

  constructor(
    private readonly setup: Setup,
    private readonly frames: FrameExport,
    private readonly cameras: readonly string[],
  ) {}

  /**
   * In phase one process sends to all cameras; otherwise each has its own, which begins a quarter of the interval
   * after the last one: FFmpeg paces every input of a process alike, whatever its offset.
   */
  async start(inPhase: boolean): Promise<void> {
    const began = systemClock.monotonicUs();
    const wallUs = systemClock.wallUs();
    const outputs = this.cameras.map((streamId) => this.#output(streamId, wallUs));
    const input = ['-re', '-stream_loop', '-1', '-i', this.setup.clip];
    const shares = inPhase ? [outputs.flat()] : outputs;
    for (const [index, share] of shares.entries()) {
      if (index > 0) await nextPhase(began, index);
      const args = ['-v', 'error', '-nostdin', ...input, ...share];
      this.#children.push(spawn(this.setup.ffmpeg, args, { stdio: 'ignore' }));
    }
    this.#progress = setInterval(() => {
      for (const streamId of this.cameras)
        this.frames.progress(streamId, (systemClock.monotonicUs() - began) / 1e6);
    }, 500);
  }

  #output(streamId: string, wallUs: number): string[] {
    const target = this.frames.prepare({
      streamId,
      info: {
        video: {
          ...{ codec: 'h264', profile: 'High', width: PICTURE.width, height: PICTURE.height },
          ...{ pixelFormat: 'yuv420p', fps: FPS, hasBFrames: false, gopSeconds: 1 },
        },
        audio: null,
      },
      clock: { wallUsAt: (seconds) => wallUs + seconds * 1e6 },
    });
    if (!target) throw new Error('the stream cannot be decoded');
    return [
      ...['-map', '0:v:0', '-c:v', 'copy', '-bsf:v', 'h264_mp4toannexb,dump_extra=freq=keyframe'],
      ...['-f', 'mpegts', '-mpegts_flags', '+resend_headers', '-pat_period', '0.2', '-muxdelay', '0'],
      ...['-muxpreload', '0', '-flush_packets', '1', '-omit_video_pes_length', '0'],
      `udp://127.0.0.1:${String(target.port)}?pkt_size=21056`,
    ];
  }

  async stop(): Promise<void> {
    if (this.#progress) clearInterval(this.#progress);
    await Promise.all(
      this.#children.map((child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        return child.exitCode === null && child.signalCode === null ? gone : undefined;
      }),
    );
    for (const streamId of this.cameras) this.frames.ended(streamId);
  }
}
