import path from 'node:path';
import { startCodedClock } from '../../cameras/codedClock';
import { rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { addCamera, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { ffmpegFragments, ffmpegPixels } from '../peers/ffmpegLatency';
import { startWebrtc, webrtcUnavailable } from '../peers/gstreamerWebrtc';
import type { NotRun } from '../peers/table';
import { reportNotRun } from '../peers/table';
import { delayUntil, detectionDelays } from './peersDetection';
import { readClock } from './liveGlass';

const SECONDS = 10;
/** As our ingest writes, and as quick as FFmpeg can be read. */
const FRAGMENTS = {
  ffmpeg_fragments_p50_ms: ['-movflags', '+empty_moov+default_base_moof+frag_every_frame'],
  ffmpeg_half_second_p50_ms: [
    ...['-movflags', '+empty_moov+default_base_moof+frag_keyframe', '-frag_duration', '500000'],
  ],
} as const;

/** How late pictures are in other programs, and how late they notice that something has come. */
export function peersDelay(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const notRun: NotRun[] = [];
    await latencies(run, cleanup, notRun);
    await detectionDelays(run, cleanup, notRun);
    reportNotRun(run, 'peers-delay', notRun);
  });
}

async function latencies(run: Run, cleanup: Cleanup, notRun: NotRun[]): Promise<void> {
  const clock = await startCodedClock();
  cleanup.add(() => clock.stop());
  const common =
    `A 720p30 RTSP/TCP camera (x264 zerolatency) whose pictures carry the system clock, ${String(SECONDS)} s, each program alone in the ` +
    'same run; from painting to what is named, the encoder of the camera included. ';
  const tell = (name: string, values: readonly number[], method: string) => {
    if (values.length === 0) throw new Error(`${name}: no picture could be read`);
    const summary = summarise(values);
    run.note(`${name}: ${JSON.stringify(summary)}`);
    run.result({
      id: `peers-delay.${name}`,
      ...{ value: rounded(summary.p50), unit: 'ms', samples: summary, method: common + method },
    });
  };
  const app = await launch(cleanup, await temporaryFolder(cleanup, 'delay'));
  const cameraId = await addCamera(app.vas, 'Clock', clock.url);
  const { seen } = await readClock({ app, clock, cameraId }, SECONDS, run.signal);
  await app.close();
  const ours = seen.map(({ readAtMs, madeAtMs }) => readAtMs - madeAtMs);
  tell('ours_pixels_p50_ms', ours, 'To pixels in a tile of the application, as in the suite live.');

  const reason = await webrtcUnavailable();
  if (reason === null) {
    const peer = startWebrtc([clock.url]);
    cleanup.add(() => peer.stop());
    await delayUntil('GStreamer shows pictures', () => (peer.shown()[0] ?? 0) > 0, run.signal);
    await delayUntil('it has settled', after(3000), run.signal);
    peer.take();
    await delayUntil('it was read', after(SECONDS * 1000), run.signal);
    const { latenciesMs } = peer.take();
    await peer.stop();
    tell(
      'gstreamer_pixels_p50_ms',
      latenciesMs,
      'rtspsrc to webrtcbin, webrtcbin to decoded pixels in another process, no jitter buffer anywhere; nothing is put on a screen.',
    );
  } else notRun.push({ peer: 'gstreamer', reason });
  tell(
    'ffmpeg_pixels_p50_ms',
    await ffmpegPixels(clock.url, SECONDS, run.signal),
    'One FFmpeg that decodes (nobuffer, low_delay, one thread) to raw pictures on a pipe.',
  );
  const folder = await temporaryFolder(cleanup, 'fragments');
  for (const [name, movflags] of Object.entries(FRAGMENTS))
    tell(
      name,
      await ffmpegFragments(
        { url: clock.url, movflags, file: path.join(folder, `${name}.mp4`) },
        SECONDS,
        run.signal,
      ),
      `One FFmpeg that copies to fragmented MP4 on a pipe (${movflags.join(' ')}); to the last byte of the picture, not decoded.`,
    );
  await clock.stop();
}

function after(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() >= end;
}
