// The same camera with and without a frame export, as live view and recording see it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { h264 } from '../../scripts/cameras/launches';
import { Bench, readRecording, until } from '../ingest/support';
import { createFrames } from './support';

const FPS = 15;
const SECONDS = 6;
let server: CameraServer;
beforeAll(async () => {
  server = await startCameraServer();
  await server.mount({
    path: '/cam',
    launch: h264({ width: 320, height: 180, kbps: 300, fps: FPS, gopSeconds: 1 }),
  });
});
afterAll(() => server.stop());

const lost = (times: readonly number[]): number =>
  times
    .slice(1)
    .reduce((sum, time, index) => sum + Math.max(0, Math.round((time - (times[index] ?? 0)) * FPS) - 1), 0);

/** What leaves the ingest during some seconds; frames are decoded meanwhile where they can be. */
async function observe(withFrames: boolean) {
  const frames = withFrames ? await createFrames() : null;
  const bench = await Bench.create(undefined, frames === null ? {} : { frames });
  try {
    bench.start(server.url('/cam'));
    await bench.reaches('running');
    frames?.subscribeFrames(Bench.id, { fps: FPS });
    if (frames) await until('frames come', () => (frames.status(Bench.id)?.published ?? 0) > FPS);
    await bench.records(SECONDS);
    const { timestamps, sequences } = bench.live;
    const status = bench.ingest.status(Bench.id);
    await bench.ingest.stop(Bench.id);
    const files = await Promise.all((await bench.recorder.files()).map(readRecording));
    const pictures = [...timestamps];
    return {
      runs: bench.recorder.runs.length,
      reconnects: status?.reconnects,
      info: status?.info?.video,
      recorded: [
        ...new Set(
          files.map(({ video }) => `${video.codec_name} ${video.codec_tag_string} ${String(video.width)}`),
        ),
      ],
      sound: files.map(({ audio }) => audio),
      // Pictures missing between two that follow each other, at the camera's rate.
      sentLost: lost(pictures.map((stamp) => stamp / 90_000)),
      recordedLost: files.reduce((sum, { times }) => sum + lost(times), 0),
      unbroken: sequences.every((sequence, index) => sequence === ((sequences[0] ?? 0) + index) % 65_536),
    };
  } finally {
    await bench.dispose();
    await frames?.dispose();
  }
}

it('INV-04: live view and recording are the same with the flag on and off', async () => {
  const off = await observe(false);
  const on = await observe(true);
  expect(off).toMatchObject({ runs: 1, reconnects: 0, unbroken: true, sentLost: 0, recordedLost: 0 });
  // Rates are measured by the probe and may differ in their last digits.
  const { fps: measuredOff, ...factsOff } = off.info ?? {};
  const { fps: measuredOn, ...factsOn } = on.info ?? {};
  expect(measuredOn).toBeCloseTo(measuredOff ?? NaN, 0);
  expect({ ...on, info: factsOn, sound: on.sound[0] }).toEqual({
    ...off,
    info: factsOff,
    sound: off.sound[0],
  });
}, 90_000);
