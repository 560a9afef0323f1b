import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { compileProgram, optimised } from '../../../native/test/compile';
import { clip1080p } from '../lib/clips';
import { median, nativeAddon, ratio } from '../lib/nativePrograms';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath } from '../lib/setup';
import type { Run } from '../measure';

const ROUNDS = 7;
const TO_NUT = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'nut', '-flush_packets', '1', 'pipe:1'];

interface Source {
  readonly name: 'raw' | 'decoded';
  readonly frames: number;
  readonly input: readonly string[];
}

/** tap.rate_ratio: the same FFmpeg into the ring and into a reader that throws its output away, by turns. */
export async function tapRate(run: Run, cleanup: Cleanup): Promise<void> {
  const ffmpeg = ffmpegPath();
  const discard = await compileProgram({ program: 'discard.cpp', flags: optimised });
  const clip = await clip1080p(ffmpeg);
  const sources: Source[] = [
    {
      name: 'raw',
      frames: 1200,
      input: ['-f', 'lavfi', '-i', 'color=c=gray:size=1920x1080:rate=30,format=nv12'],
    },
    { name: 'decoded', frames: 300, input: ['-threads', '1', '-i', clip] },
  ];
  const samples: Record<string, unknown> = {};
  let value = NaN;
  for (const source of sources) {
    const args = ['-nostdin', '-nostats', '-loglevel', 'repeat+level+verbose', ...source.input];
    const full = [...args, '-frames:v', String(source.frames), '-vf', 'format=nv12', ...TO_NUT];
    const ring: number[] = [];
    const away: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      run.signal.throwIfAborted();
      const order = [
        () => intoRing(cleanup, ffmpeg, full, source.frames),
        () => thrownAway(ffmpeg, full, discard, source.frames),
      ];
      const first = round % 2;
      const values = [await order[first]?.(), await order[1 - first]?.()];
      ring.push(values[first] ?? NaN);
      away.push(values[1 - first] ?? NaN);
    }
    run.note(
      `${source.name}: ${median(ring).toFixed(0)} frames/s into the ring, ${median(away).toFixed(0)} thrown away`,
    );
    samples[source.name] = {
      ring_fps: ring.map(rounded),
      discarded_fps: away.map(rounded),
      ratio: ratio(ring, away),
    };
    if (source.name === 'raw') value = ratio(ring, away);
  }
  run.result({
    id: 'tap.rate_ratio',
    value,
    unit: 'x',
    samples,
    method:
      'Frames/s of raw 1080p NV12 in NUT out of one FFmpeg (lavfi color source, 1,200 frames), through the product’s tap into a ' +
      'ring of 8, against the same command into a program that reads with the same pipe size (1 MiB) and throws it away; ' +
      `${ROUNDS} rounds by turns, median by median. In the samples also with an FFmpeg that decodes H.264 (300 frames).`,
  });
}

function start(ffmpeg: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  return spawn(ffmpeg, args, { stdio });
}

async function intoRing(
  cleanup: Cleanup,
  ffmpeg: string,
  args: readonly string[],
  frames: number,
): Promise<number> {
  const tap = nativeAddon().createFrameTap(() => undefined);
  const close = async () => tap.close();
  cleanup.add(close);
  const ends = tap.start({
    path: `/dev/shm/vas_test_bench_tap_${randomUUID()}`,
    ...{ cameraId: 'bench', capacity: 8, maxBytes: 2 ** 26, firstEpoch: 1, epochs: 1, hintPts: 0 },
  });
  const began = performance.now();
  const child = start(ffmpeg, args, ['ignore', ends.output, ends.log]);
  const ended = once(child, 'exit');
  tap.spawned();
  await ended;
  while (tap.stats().running) await new Promise((resolve) => setImmediate(resolve));
  const seconds = (performance.now() - began) / 1000;
  const { published, problem } = tap.stats();
  tap.close();
  if (published !== frames) throw new Error(`${published} of ${frames} frames came: ${problem}`);
  return frames / seconds;
}

async function thrownAway(
  ffmpeg: string,
  args: readonly string[],
  discard: string,
  frames: number,
): Promise<number> {
  // A real pipe, as the tap's: the shell makes it. Nothing of a user is in the line.
  const quoted = [ffmpeg, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const began = performance.now();
  const child = spawn('/bin/sh', ['-c', `${quoted} 2>/dev/null | '${discard}'`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(child, 'exit');
  const seconds = (performance.now() - began) / 1000;
  if (Number(text) < frames * 3_110_400) throw new Error(`only ${text.trim()} bytes came`);
  return frames / seconds;
}
