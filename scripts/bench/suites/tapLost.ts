import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { readDecodeOffer } from '../../../main/kernel/frames/decodeOffer';
import { FrameExport } from '../../../main/kernel/frames/frameExport';
import { RingBudget } from '../../../main/kernel/frames/sharedMemory';
import { createIngest } from '../../../main/kernel/ingest/ingest';
import { startCameraServer } from '../../cameras/camera';
import { h264 } from '../../cameras/launches';
import { LossRecorder } from '../lib/lossRecorder';
import { nativeAddon } from '../lib/nativePrograms';
import { RtpCounter } from '../lib/rtpCounter';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, temporaryFolder } from '../lib/setup';
import type { Run } from '../measure';
import { FailingContainers } from './tapContainers';

const PHASE_S = 9;
const FPS = 15;
const CAMERA = '00000000-0000-4000-8000-00000000be9c';

/** tap.lost_rtp and tap.lost_samples, while decoder, readers and model containers fail in every way they can. */
export async function tapLost(run: Run, cleanup: Cleanup): Promise<void> {
  const ffmpeg = ffmpegPath();
  const log = silentLogger();
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  await server.mount({
    path: '/camera',
    launch: h264({ width: 1280, height: 720, fps: FPS, kbps: 2000 }),
    protocols: ['tcp'],
  });
  const epochs = new Map<string, number>();
  const frames = new FrameExport({
    ...{
      addon: nativeAddon(),
      ffmpegPath: ffmpeg,
      offer: await readDecodeOffer(ffmpeg, log),
      clock: systemClock,
      log,
    },
    ...{ budget: new RingBudget(2 ** 28), capacity: 8, openSub: () => Promise.reject(new Error('none')) },
    epochs: {
      read: (id) => Promise.resolve(epochs.get(id) ?? null),
      write: (id, next) => Promise.resolve(void epochs.set(id, next)),
    },
  });
  const live = new RtpCounter();
  const recorder = new LossRecorder(await temporaryFolder(cleanup, 'tap'));
  const ingest = createIngest({
    ...{ ffmpegPath: ffmpeg, clock: systemClock, log, live, recording: recorder, frames },
    onInfo: () => undefined,
  });
  cleanup.add(() => frames.dispose());
  cleanup.add(async () => ingest.dispose());
  ingest.start({
    ...{ streamId: CAMERA, cameraId: CAMERA, info: null },
    endpoint: () => Promise.resolve({ url: server.url('/camera'), transport: 'tcp', credentials: null }),
  });
  const status = () => frames.status(CAMERA);
  const until = async (what: string, condition: () => boolean) => {
    const end = Date.now() + 30_000;
    while (!condition()) {
      run.signal.throwIfAborted();
      if (Date.now() > end) throw new Error(`not in time: ${what}`);
      await delay(50);
    }
  };
  frames.subscribeFrames(CAMERA, { fps: FPS });
  await until('frames come', () => (status()?.published ?? 0) > FPS);
  const pid = ingest.status(CAMERA)?.pid;

  const decoder = () => status()?.decoderPid ?? null;
  const signal = (target: number | null, name: NodeJS.Signals) => {
    if (target === null) return;
    try {
      process.kill(target, name);
    } catch {
      // It has just ended; the next one has its turn.
    }
  };
  const containers = await FailingContainers.open(cleanup, frames, CAMERA);
  const phases: Record<string, (end: number) => Promise<unknown>> = {
    'containers crash': (end) => containers.end('crashing', end),
    'container hangs': (end) => containers.hang(end),
    'containers run out of memory': (end) => containers.end('swelling', end),
    'container gets corrupt input': (end) => containers.corrupt(end),
    async stopped(end) {
      while (Date.now() < end) {
        signal(decoder(), 'SIGSTOP');
        await delay(1000);
      }
    },
    async killed(end) {
      while (Date.now() < end) {
        signal(decoder(), 'SIGKILL');
        await delay(1500);
      }
    },
    async starved(end) {
      // Busy programs on every core, and the decoder runs a twentieth of the time.
      const hogs = os.cpus().map(() => spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore' }));
      const ends = hogs.map((hog) => once(hog, 'exit'));
      while (Date.now() < end) {
        signal(decoder(), 'SIGSTOP');
        await delay(190);
        signal(decoder(), 'SIGCONT');
        await delay(10);
      }
      for (const hog of hogs) hog.kill('SIGKILL');
      await Promise.all(ends);
    },
    async 'readers hang'(end) {
      // What a model container does that hangs: it has the ring mapped and never comes back.
      const script = `
        const ring = require(${JSON.stringify(path.resolve('native'))}).openFrameRing(${JSON.stringify(status()?.path)});
        setInterval(() => { try { ring.latest({ maxAgeMs: Infinity }); } catch {} }, 5);`;
      const readers = [1, 2, 3, 4].map(() => spawn(process.execPath, ['-e', script], { stdio: 'ignore' }));
      const ends = readers.map((reader) => once(reader, 'exit'));
      await delay(1000);
      for (const [index, reader] of readers.entries()) reader.kill(index < 3 ? 'SIGSTOP' : 'SIGSEGV');
      await delay(Math.max(0, end - Date.now()));
      for (const reader of readers) reader.kill('SIGKILL');
      await Promise.all(ends);
    },
  };
  const seen: Record<string, unknown> = {};
  for (const [name, act] of Object.entries(phases)) {
    run.signal.throwIfAborted();
    if (name === 'readers hang') await until('a decoder runs again', () => (status()?.published ?? 0) > FPS);
    const before = { packets: live.packets, lost: live.lost };
    const trouble = await act(Date.now() + PHASE_S * 1000);
    signal(decoder(), 'SIGCONT');
    seen[name] = {
      packets: live.packets - before.packets,
      lost: live.lost - before.lost,
      decoder_restarts: status()?.restarts ?? 0,
      ...(typeof trouble === 'object' ? trouble : {}),
    };
    run.note(`${name}: ${JSON.stringify(seen[name])}`);
  }
  const sameIngest = ingest.status(CAMERA)?.pid === pid && recorder.runs === 1;
  await ingest.stop(CAMERA);
  const missing = await recorder.missing(FPS);
  run.note(`${String(missing.samples)} samples recorded, ${String(missing.missing)} missing`);
  const method =
    `A real camera (1280x720, ${String(FPS)} fps, TCP), the product's ingest and frame export. ${String(PHASE_S)} s each: decoder stopped ` +
    '(SIGSTOP every second), killed (every 1.5 s), starved (busy programs on every core, decoder stopped 95 % of the time), ' +
    'readers of the ring hung and crashed; real model containers on every frame: crashing and restarted at once, hanging, running out ' +
    'of memory, and one that gets noise, false lengths and requests that are none while it works. ';
  const samples = {
    phases: seen,
    ...missing,
    ingest_is_the_same: sameIngest,
    files: (await readdir(recorder.folder)).length,
  };
  run.result({
    id: 'tap.lost_rtp',
    value: live.lost + (sameIngest ? 0 : 1),
    unit: 'packets',
    samples,
    method: `${method}RTP packets missing by sequence number; a changed ingest counts as one.`,
  });
  run.result({
    id: 'tap.lost_samples',
    value: missing.missing,
    unit: 'samples',
    samples,
    method: `${method}Pictures missing in the recorded segments by their time stamps, at the camera's frame rate.`,
  });
}
