import { expect, it, onTestFinished } from 'vitest';
import { startRelay } from '../../scripts/cameras/faults';
import { h264 } from '../../scripts/cameras/launches';
import { shiftedBy } from '../../scripts/cameras/rtspShift';
import { Bench, eachOnBench } from './support';

const TICKS_PER_SECOND = 90_000;

const at = eachOnBench();

it.each([-1 / 3, -2])(
  'a camera whose time stamps go back by %d s just after its start is neither left nor looked at anew',
  async (seconds) => {
    await at.server.mount({
      path: '/cam',
      launch: h264({ width: 320, height: 180, kbps: 200, fps: 15 }),
      protocols: ['tcp'],
    });
    let ticks = 0;
    const relay = await startRelay(at.server.port, 0, {
      fromCamera: shiftedBy(() => ticks),
    });
    onTestFinished(() => relay.stop());
    at.bench.start(`rtsp://127.0.0.1:${String(relay.port)}/cam`);
    await at.bench.reaches('running');
    const pid = at.bench.ingest.status(Bench.id)?.pid;
    await at.bench.records(0.5);
    ticks = Math.round(seconds * TICKS_PER_SECOND);
    // Whatever is doubted is doubted within a second or two of the step's end.
    await at.bench.records(8);

    expect(at.bench.ingest.status(Bench.id)?.pid).toBe(pid);
    expect(at.bench.recorder.runs).toHaveLength(1);
    expect(at.bench.infos, 'one look at the camera').toHaveLength(1);
    const phases = at.bench.history.map(({ phase }) => phase);
    expect(phases.slice(phases.indexOf('running'))).not.toContain('starting');
    const { sequences } = at.bench.live;
    expect(sequences).toEqual(sequences.map((_, index) => (1000 + index) & 0xffff));
  },
  180_000,
);
