import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startCameraServer, type CameraServer } from '../../scripts/cameras/camera';
import { startRelay } from '../../scripts/cameras/faults';
import { h264 } from '../../scripts/cameras/launches';
import { RtspShift } from '../../scripts/soak/rtspShift';
import { Bench, children } from './support';

const TICKS_PER_SECOND = 90_000;

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

it.each([-1 / 3, -2])(
  'a camera whose time stamps go back by %d s just after its start is neither left nor looked at anew',
  async (seconds) => {
    await server.mount({
      path: '/cam',
      launch: h264({ width: 320, height: 180, kbps: 200, fps: 15 }),
      protocols: ['tcp'],
    });
    let ticks = 0;
    const relay = await startRelay(server.port, 0, {
      fromCamera: () => {
        const shift = new RtspShift(() => ticks);
        return (chunk) => shift.pass(chunk);
      },
    });
    onTestFinished(() => relay.stop());
    bench.start(`rtsp://127.0.0.1:${String(relay.port)}/cam`);
    await bench.reaches('running');
    const pid = bench.ingest.status(Bench.id)?.pid;
    await bench.records(0.5);
    ticks = Math.round(seconds * TICKS_PER_SECOND);
    // Whatever is doubted is doubted within a second or two of the step's end.
    await bench.records(8);

    expect(bench.ingest.status(Bench.id)?.pid).toBe(pid);
    expect(bench.recorder.runs).toHaveLength(1);
    expect(bench.infos, 'one look at the camera').toHaveLength(1);
    const phases = bench.history.map(({ phase }) => phase);
    expect(phases.slice(phases.indexOf('running'))).not.toContain('starting');
    const { sequences } = bench.live;
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
  },
  180_000,
);
