import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCameraServer } from '../../cameras/camera';
import { runProgram } from '../../cameras/process';
import { footageCamera } from '../../cameras/senders';
import { startPlainApp } from '../lib/plainApp';
import { startBaseline } from '../lib/baseline';
import { clip1080p } from '../lib/clips';
import type { CpuSample } from '../lib/processCpu';
import { sampleTree, total, usedBetween } from '../lib/processCpu';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, temporaryFolder } from '../lib/setup';
import { VISITABLE } from '../lib/visit';
import type { Run } from '../measure';

const WINDOWS = 12;
const WINDOW_S = 5;
/**
 * After the start, before counting: the page's first paint, the probe and the collection of what the start left behind,
 * which comes half a minute later, are not recording.
 */
const SETTLE_S = 45;

/** record.cpu_ratio: our processes against one plain ffmpeg, side by side from the same camera. */
export async function recordCpu(run: Run, cleanup: Cleanup): Promise<void> {
  const ffmpeg = ffmpegPath();
  const clip = await clip1080p(ffmpeg);
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  const footage = await footageCamera(clip);
  cleanup.add(() => footage.stop());
  await server.mount({ path: '/camera', launch: footage.launch, protocols: ['tcp'] });
  const url = server.url('/camera');

  const dataDir = await temporaryFolder(cleanup, 'cpu');
  const app = startPlainApp({ dataDir, args: VISITABLE });
  cleanup.add(() => app.quit());
  await runProgram(process.execPath, [path.join(import.meta.dirname, '../visitor.mjs'), dataDir, url]);
  const folder = await temporaryFolder(cleanup, 'baseline');
  const baseline = await startBaseline({ ffmpeg, url, folder, fragmentSeconds: 0.5 });
  cleanup.add(() => baseline.stop());
  await delay(SETTLE_S * 1000);

  const sample = (): [CpuSample, CpuSample] => [sampleTree(app.pid), sampleTree(baseline.pid)];
  const first = sample();
  let last = first;
  const windows: { ours_s: number; baseline_s: number }[] = [];
  for (let window = 0; window < WINDOWS; window++) {
    await delay(WINDOW_S * 1000, undefined, { signal: run.signal });
    const now = sample();
    windows.push({
      ours_s: rounded(total(usedBetween(last[0], now[0]))),
      baseline_s: rounded(total(usedBetween(last[1], now[1]))),
    });
    last = now;
  }
  const ours = usedBetween(first[0], last[0]);
  const plain = total(usedBetween(first[1], last[1]));
  const seconds = WINDOWS * WINDOW_S;
  const perProcess = Object.fromEntries([...ours].map(([kind, used]) => [kind, rounded(used / seconds)]));
  run.note(`cores used: ${JSON.stringify({ ...perProcess, baseline: rounded(plain / seconds) })}`);
  await app.quit();
  await baseline.stop();
  await footage.stop();
  await server.stop();
  run.result({
    id: 'record.cpu_ratio',
    value: rounded(total(ours) / plain),
    unit: 'x',
    samples: { windows, cores_by_process: perProcess, cores_baseline: rounded(plain / seconds) },
    method:
      `User and system time from /proc over ${String(seconds)} s of the main process and all its descendants ` +
      '(zygotes, GPU, page, network service, mediasoup workers, ffmpeg), Cameras screen shown, nobody watching, against ' +
      'one ffmpeg that copies the same RTSP stream (1080p30, 4 Mb/s, TCP) to fragmented MP4 and RTP. Both run at the ' +
      'same time, so that whatever the machine does meets both. The camera is a pre-encoded loop in processes of its ' +
      'own, on the same cores but not counted. No debugger is attached while it is measured.',
  });
}
