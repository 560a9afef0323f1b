import { h264 } from '../scripts/cameras/launches';
import { addCamera, whenRunning } from './support/cameras';
import { expect, test } from './fixtures';
import { until } from './support/wait';

test('health.get tells what the workstation really does', async ({ server, launch }) => {
  const app = await launch();
  const camera = await addCamera(app, server, {
    path: '/gate',
    launch: h264({ width: 320, height: 180 }),
    device: { name: 'Gate' },
  });
  await whenRunning(app, camera.id);
  const report = await until('rates are known', async () => {
    const health = await app.vas.query('health.get', {});
    const [gate] = health.cameras;
    return (gate?.camera_fps ?? 0) > 5 && (gate?.ingest_bytes_per_s ?? 0) > 1_000 && health;
  });
  const [gate] = report.cameras;
  expect(gate).toMatchObject({ name: 'Gate', phase: 'running', fault: null, process_fps: null });
  expect(gate?.ffmpeg_pid).toBe(await app.vas.pidOf('ingest', camera.id));
  expect(report.totals.cpu_percent).toBeGreaterThan(0);
  expect(report.processes[0]).toMatchObject({ kind: 'main', pid: app.pid });
  expect(report.store.databases.map(({ is_open }) => is_open)).toEqual([true, true]);
  expect(report.sfu.in.packets).toBeGreaterThan(0);
  expect(report.frames.is_running).toBe(false);
  expect(report.status).toBe('healthy');
});
