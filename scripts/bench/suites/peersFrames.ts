import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameRing } from '../../../native';
import { exportedCameras } from '../lib/exportedCameras';
import { nativeAddon } from '../lib/nativePrograms';
import { sampleTree } from '../lib/processCpu';
import { rounded } from '../lib/result';
import { ffmpegPath, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { startAll } from '../peers/children';
import { Comparison } from '../peers/comparison';
import { coresOf, COUNTED, hold, HOLD_MS, only, rowOf } from '../peers/table';
import { memoryOf, sampleAll } from '../peers/usage';

/** What a light detector looks at: pictures a second, and its input. */
const FPS = 5;
const [WIDTH, HEIGHT] = [416, 256];
const PATIENCE_MS = 60_000;

/** What pictures for a model cost: our decoder, tap, ring and preprocessing, and bare FFmpeg that decodes and scales. */
export function peersFrames(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const comparison = await Comparison.open(run, cleanup);
    await ours(comparison);
    await ffmpeg(comparison);
    const method =
      `${COUNTED}${String(FPS)} pictures a second of each as ${String(WIDTH)}x${String(HEIGHT)} RGB. Ours: the decoders (all pictures, of the ` +
      "ingest's packets) and the process that holds taps, rings, the motion masks and the reader that makes the tensors; its own Node runtime " +
      'counts, too, but not its memory: of ours that is decoders and rings. The ingest, which runs for recording anyway, is ingest_cores in the rows. FFmpeg: one a camera, RTSP in, fps and scale ' +
      '(bilinear), raw pictures thrown away; it makes no motion masks, and who wants its pictures has to read them from a pipe.';
    comparison.report('peers-frames', method);
  });
}

async function ours(comparison: Comparison): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
  const { frames, ingest, start } = await exportedCameras(cleanup);
  const addon = nativeAddon();
  const readers = new Map<string, FrameRing>();
  const target = new Uint8Array(WIDTH * HEIGHT * 3);
  const tensor = {
    ...{ data: target, width: WIDTH, height: HEIGHT },
    layout: 'nhwc',
    order: 'rgb',
    fit: 'stretch',
  } as const;
  let made = 0;
  const ids: string[] = [];
  for (const count of counts) {
    for (const url of urls.slice(ids.length, count)) {
      const id = start(url);
      ids.push(id);
      frames.subscribeFrames(id, { fps: FPS });
      let next = 0;
      frames.onFrame(id, (frame) => {
        // As a gate does: not every picture that comes.
        if (performance.now() < next) return;
        next = Math.max(performance.now() - 500 / FPS, next) + 1000 / FPS;
        const ring = readers.get(frame.path) ?? addon.openFrameRing(frame.path);
        readers.set(frame.path, ring);
        ring.preprocess(frame.frameId, tensor);
        made++;
      });
    }
    const end = performance.now() + PATIENCE_MS;
    while (ids.some((id) => (frames.status(id)?.published ?? 0) < FPS)) {
      run.signal.throwIfAborted();
      if (performance.now() > end) throw new Error('not every camera gives frames');
      await delay(100);
    }
    const counted: number[] = [];
    const held = await hold(() => {
      counted.push(made);
      return sampleTree(process.pid);
    }, run.signal);
    const [from = 0, to = 0] = counted;
    const decoders = new Set(ids.map((id) => frames.status(id)?.decoderPid));
    const ingests = new Set(ids.map((id) => ingest.status(id)?.pid));
    const decoding = only(held, (_kind, pid) => decoders.has(pid));
    const rings = ids.reduce((sum, id) => sum + sizeOf(frames.status(id)?.path), 0);
    comparison.add('ours', {
      ...rowOf(
        count,
        only(held, (_kind, pid) => pid === process.pid || decoders.has(pid)),
      ),
      pss_mib: rounded(memoryOf(decoding.last) + rings / 2 ** 20),
      decoder_cores: coresOf(decoding),
      ingest_cores: coresOf(only(held, (_kind, pid) => ingests.has(pid))),
      pictures_per_s: rounded(((to - from) / count / HOLD_MS) * 1000),
    });
  }
  for (const reader of readers.values()) reader.close();
  for (const id of ids) await ingest.stop(id);
}

/** Of a ring's file. */
const sizeOf = (file: string | undefined): number =>
  file === undefined ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0);

async function ffmpeg(comparison: Comparison): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
  for (const count of counts) {
    const scale = `fps=${String(FPS)},scale=${String(WIDTH)}:${String(HEIGHT)}:flags=bilinear,format=rgb24`;
    const running = startAll(
      urls.slice(0, count).map((url) => ({
        file: ffmpegPath(),
        args: [
          ...['-v', 'error', '-nostdin', '-threads', '1', '-rtsp_transport', 'tcp', '-i', url],
          ...['-map', '0:v:0', '-vf', scale],
          ...['-filter_threads', '1', '-f', 'rawvideo', '-y', '/dev/null'],
        ],
      })),
    );
    cleanup.add(() => running.stop());
    const held = await hold(() => sampleAll(running.pids), run.signal);
    // Its memory is read while it runs.
    comparison.add('ffmpeg', rowOf(count, held));
    await running.stop();
  }
}
