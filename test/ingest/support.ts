import dgram from 'node:dgram';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { silentLogger, type Logger } from '../../main/base/logger';
import { createIngest, type Ingest, type IngestOptions } from '../../main/kernel/ingest/ingest';
import {
  transcodeReasons,
  type ClosedSegment,
  type LiveSink,
  type LiveTarget,
  type RecordingSink,
  type RunStart,
  type StreamEndpoint,
  type StreamInfo,
  type StreamPhase,
  type StreamStatus,
} from '../../main/kernel/streams';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { runProgram } from '../../scripts/cameras/process';

/** FFmpeg processes that this process has started and that still run. */
export async function children(): Promise<number> {
  let count = 0;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (/^\d+ \((?:ffmpeg|setpriv)\) [^Z] /.test(stat) && Number(stat.split(' ')[3]) === process.pid) count++;
  }
  return count;
}

export const openDescriptors = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

/** Waits for a condition; the limit is generous because the machine is shared. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 25_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await delay(20);
  }
}

async function bind(): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

/** Receives what an ingest sends for live view, as a router or a transcoder would. */
export class LiveReceiver implements LiveSink {
  packets = 0;
  sequences: number[] = [];
  /** RTP time stamps, in the order in which they came. */
  readonly timestamps = new Set<number>();
  events: string[] = [];
  /** Where the sound shall go. */
  sound: LiveTarget = { mode: 'none', reason: 'Nobody listens.' };
  lastPacketMs = 0;
  #rtp: dgram.Socket | null = null;
  #rtcp: dgram.Socket | null = null;
  #sources: number[] = [];

  async prepare(_streamId: string, info: StreamInfo): Promise<LiveTarget> {
    this.events.push(`prepare ${info.video.codec} ${info.video.width}`);
    if (!this.#rtp || !this.#rtcp) {
      this.#rtp = await bind();
      this.#rtcp = await bind();
      this.#rtp.on('message', (message) => {
        this.packets++;
        this.lastPacketMs = Date.now();
        if (message[0] !== 0x80) return;
        this.sequences.push(message.readUInt16BE(2));
        this.timestamps.add(message.readUInt32BE(4));
      });
      const spare = [await bind(), await bind()];
      this.#sources = spare.map((socket) => socket.address().port);
      for (const socket of spare) await new Promise<void>((resolve) => socket.close(() => resolve()));
    }
    const port = this.#rtp.address().port;
    if (transcodeReasons(info.video).length > 0) return { mode: 'handover', ip: '127.0.0.1', port };
    return {
      mode: 'rtp',
      ip: '127.0.0.1',
      rtpPort: port,
      rtcpPort: this.#rtcp.address().port,
      localRtpPort: this.#sources[0] ?? 0,
      localRtcpPort: this.#sources[1] ?? 0,
      ssrc: 0xdecafbad,
      payloadType: 102,
      firstSequence: ((this.sequences.at(-1) ?? 999) + 1) & 0xffff,
    };
  }
  prepareAudio(): Promise<LiveTarget> {
    return Promise.resolve(this.sound);
  }
  running(): void {
    this.events.push('running');
  }
  ended(): void {
    this.events.push('ended');
  }
  async release(): Promise<void> {
    this.events.push('release');
    for (const socket of [this.#rtp, this.#rtcp])
      if (socket) await new Promise<void>((resolve) => socket.close(() => resolve()));
    this.#rtp = this.#rtcp = null;
  }
}

/** Gives every run a folder and remembers what it is told. */
export class FolderRecorder implements RecordingSink {
  readonly runs: {
    start: RunStart;
    folder: string;
    segments: ClosedSegment[];
    media: number;
    closed: boolean;
  }[] = [];
  segmentSeconds = 2;
  /** Prepares a run's folder, e.g. with a file that cannot be written. */
  prepare: (folder: string) => Promise<void> = () => Promise.resolve();

  constructor(readonly folder: string) {}

  async openRun(start: RunStart) {
    const folder = path.join(this.folder, start.runId);
    await mkdir(folder, { recursive: true });
    await this.prepare(folder);
    this.runs.push({ start, folder, segments: [], media: 0, closed: false });
    return {
      pattern: path.join(folder.replaceAll('%', '%%'), '%05d.mp4'),
      segmentSeconds: this.segmentSeconds,
      fragmentSeconds: 0.5,
    };
  }
  #run(runId: string) {
    const run = this.runs.find((candidate) => candidate.start.runId === runId);
    if (!run) throw new Error('unknown run');
    return run;
  }
  progress(runId: string, mediaSeconds: number): void {
    this.#run(runId).media = mediaSeconds;
  }
  segmentClosed(runId: string, segment: ClosedSegment): void {
    this.#run(runId).segments.push(segment);
  }
  closeRun(runId: string): Promise<void> {
    this.#run(runId).closed = true;
    return Promise.resolve();
  }

  /** Every file of every run, oldest first. */
  async files(): Promise<string[]> {
    const names = await Promise.all(
      this.runs.map(async (run) =>
        (await readdir(run.folder)).sort().map((name) => path.join(run.folder, name)),
      ),
    );
    return names.flat();
  }
}

export interface ReadFile {
  readonly video: { readonly codec_name: string; readonly codec_tag_string: string; readonly width: number };
  readonly audio: { readonly codec_name: string } | null;
  /** Presentation times of the pictures, ascending, seconds. */
  readonly times: readonly number[];
  readonly seconds: number;
}

interface Probed {
  streams: { codec_type: string; codec_name: string; codec_tag_string: string; width: number }[];
  packets: { pts_time: string; duration_time?: string }[];
}

/** Reads a recorded file to its end with other code than ours. @throws Error when it is damaged */
export async function readRecording(file: string): Promise<ReadFile> {
  const show = ['-v', 'error', '-of', 'json', '-show_streams'];
  const all = JSON.parse(await runProgram('ffprobe', [...show, file])) as Probed;
  const { packets } = JSON.parse(
    await runProgram('ffprobe', [...show, '-select_streams', 'v:0', '-show_packets', file]),
  ) as Probed;
  const video = all.streams.find((stream) => stream.codec_type === 'video');
  if (!video) throw new Error(`no video in ${file}`);
  const times = packets.map((packet) => Number(packet.pts_time)).sort((a, b) => a - b);
  return {
    video,
    audio: all.streams.find((stream) => stream.codec_type === 'audio') ?? null,
    times,
    seconds:
      times.length > 1 ? ((times.at(-1) ?? 0) - (times[0] ?? 0)) * (times.length / (times.length - 1)) : 0,
  };
}

/** A camera id, an ingest and its outputs, for one test. */
export class Bench {
  static readonly id = '00000000-0000-4000-8000-000000000001';
  readonly live = new LiveReceiver();
  readonly infos: StreamInfo[] = [];
  readonly history: (StreamStatus & { readonly atMs: number })[] = [];

  private constructor(
    readonly ingest: Ingest,
    readonly recorder: FolderRecorder,
    live: LiveReceiver,
    infos: StreamInfo[],
  ) {
    this.live = live;
    this.infos = infos;
    ingest.onStatus((status) => this.history.push({ ...status, atMs: Date.now() }));
  }

  static async create(
    log: Logger = silentLogger(),
    more: Pick<IngestOptions, 'frames'> = {},
  ): Promise<Bench> {
    const recorder = new FolderRecorder(await mkdtemp(path.join(tmpdir(), 'vas-ingest-')));
    const live = new LiveReceiver();
    const infos: StreamInfo[] = [];
    const ingest = createIngest({
      ...{ ffmpegPath: 'ffmpeg', clock: systemClock, log, live, recording: recorder },
      onInfo: (_, info) => infos.push(info),
      ...more,
    });
    return new Bench(ingest, recorder, live, infos);
  }

  start(
    url: string,
    info: StreamInfo | null = null,
    more: Partial<StreamEndpoint> = {},
    id = Bench.id,
  ): void {
    const endpoint: StreamEndpoint = { url, transport: 'tcp', credentials: null, ...more };
    this.ingest.start({
      ...{ streamId: id, cameraId: id, info },
      endpoint: () => Promise.resolve(endpoint),
    });
  }

  get phase(): StreamPhase {
    return this.ingest.status(Bench.id)?.phase ?? 'stopped';
  }

  reaches(phase: StreamPhase): Promise<void> {
    return until(
      `phase ${phase}, is ${JSON.stringify(this.ingest.status(Bench.id)?.fault)}`,
      () => this.phase === phase,
    );
  }

  /** Waits for media of the newest run. */
  records(seconds: number): Promise<void> {
    return until(`${seconds} s recorded`, () => (this.recorder.runs.at(-1)?.media ?? 0) >= seconds);
  }

  async dispose(): Promise<void> {
    await this.ingest.dispose();
    await rm(this.recorder.folder, { recursive: true, force: true });
  }
}

/** A camera server for the tests of a file, and a bench for each of them, which must leave no FFmpeg behind. */
export function eachOnBench(): { readonly server: CameraServer; readonly bench: Bench } {
  let server: CameraServer;
  let bench: Bench;
  beforeAll(async () => {
    server = await startCameraServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    bench = await Bench.create();
  });
  afterEach(async () => {
    await bench.dispose();
    expect(await children()).toBe(0);
  });
  return {
    get server() {
      return server;
    },
    get bench() {
      return bench;
    },
  };
}
