import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { silentLogger } from '../../main/base/logger';
import { createIngest } from '../../main/kernel/ingest/ingest';
import { CAMERA, until, workstation } from '../../main/kernel/recording/testing/workstation';
import type { SegmentRow } from '../../main/store/types';
import { startCameraServer } from '../../scripts/cameras/camera';
import { startRelay } from '../../scripts/cameras/faults';
import { h264 } from '../../scripts/cameras/launches';
import { shiftedBy } from '../../scripts/cameras/rtspShift';
import { LiveReceiver } from '../ingest/support';

const TICKS_PER_SECOND = 90_000;
const S = 1e6;

/** A recorded camera whose time stamps can be moved. */
async function recorded() {
  const at = await workstation();
  const server = await startCameraServer();
  onTestFinished(() => server.stop());
  await server.mount({ path: '/cam', launch: h264({ width: 320, height: 180 }), protocols: ['tcp'] });
  let ticks = 0;
  const relay = await startRelay(server.port, 0, {
    fromCamera: shiftedBy(() => ticks),
  });
  onTestFinished(() => relay.stop());
  const ingest = createIngest({
    ...{ ffmpegPath: 'ffmpeg', clock: systemClock, log: silentLogger(), live: new LiveReceiver() },
    recording: at.recording,
    onInfo: () => undefined,
  });
  onTestFinished(() => ingest.dispose());
  const endpoint = {
    url: `rtsp://127.0.0.1:${String(relay.port)}/cam`,
    transport: 'tcp',
    credentials: null,
  } as const;
  const start = () =>
    ingest.start({
      ...{ streamId: CAMERA, cameraId: CAMERA, info: null },
      endpoint: () => Promise.resolve(endpoint),
    });
  start();
  const rows = () => at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
  return {
    ...{ at, ingest, rows },
    jump: (seconds: number) => (ticks += seconds * TICKS_PER_SECOND),
    /** Waits until so much footage lies in the archive. */
    reaches: (count: number) =>
      until(`${String(count)} segments`, async () => (await rows()).length >= count, 60),
  };
}

function expectInOrder(rows: readonly SegmentRow[], beganUs: number, endedUs: number): void {
  const sorted = [...rows].sort((a, b) => a.startUs - b.startUs);
  for (const [index, row] of sorted.entries()) {
    expect(row.startUs).toBeGreaterThanOrEqual(sorted[index - 1]?.endUs ?? beganUs);
    expect(row.endUs).toBeLessThanOrEqual(endedUs);
  }
}

it.each([3_000, -3_000, 300, 20])(
  'a camera whose clock is set by %d s is recorded on at the true time',
  async (seconds) => {
    const beganUs = Date.now() * 1000 - 5 * S;
    const { ingest, rows, jump, reaches } = await recorded();
    await reaches(2);
    jump(seconds);
    const atUs = Date.now() * 1000;
    const before = (await rows()).length;
    await reaches(before + 4);
    await ingest.stop(CAMERA);
    const endedUs = Date.now() * 1000 + S;
    const all = await rows();
    expectInOrder(all, beganUs, endedUs);
    // What was taken before is not lost for it, and after some seconds it goes on.
    const ends = all.map(({ endUs }) => endUs).filter((endUs) => endUs < atUs + 2 * S);
    expect(Math.max(...ends)).toBeGreaterThan(atUs - 3 * S);
    const again = all.filter(({ startUs }) => startUs > atUs + S);
    expect(Math.min(...again.map(({ startUs }) => startUs))).toBeLessThan(atUs + 30 * S);
  },
  120_000,
);

it.each([3_000, -3_000])(
  'what a camera whose clock was set by %d s recorded afterwards survives a crash at its true time',
  async (seconds) => {
    const beganUs = Date.now() * 1000 - 5 * S;
    const { at, ingest, rows, jump, reaches } = await recorded();
    await reaches(1);
    jump(seconds);
    const atUs = Date.now() * 1000;
    await until(
      'footage after it',
      async () => (await rows()).some(({ startUs, endUs }) => startUs > atUs + S && endUs > startUs),
      60,
    );
    await delay(1_500);
    // The application is gone from one moment to the next: what FFmpeg wrote lies in `incoming` with its note.
    const crashedUs = Date.now() * 1000;
    const known = await rows();
    expect(known.length).toBeGreaterThan(1);
    const again = at.reopen();
    await again.heal();
    await ingest.stop(CAMERA);
    expect(await readdir(at.recordings)).not.toEqual([]);
    expectInOrder(await rows(), beganUs, Date.now() * 1000 + S);
    expect(Math.max(...(await rows()).map(({ endUs }) => endUs))).toBeGreaterThan(crashedUs - 4 * S);
  },
  120_000,
);
