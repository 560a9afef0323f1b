import { setTimeout as delay } from 'node:timers/promises';
import { clip360p } from '../lib/clips';
import { openCameras, startFleet } from '../lib/fleet';
import { total, usedBetween } from '../lib/processCpu';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { ffmpegCopy } from '../peers/ffmpegCopy';
import { gstreamer } from '../peers/gstreamer';
import { motion } from '../peers/motion';
import type { Peer, RunningPeer } from '../peers/peer';
import { bytesBelow, filesBelow, memoryOf, sampleAll, slope } from '../peers/usage';
import { zoneminder } from '../peers/zoneminder';

const PEERS: readonly Peer[] = [ffmpegCopy, gstreamer, motion, zoneminder];
const SETTLE_MS = 5000;
const HOLD_MS = 10_000;
const MOST_CAMERAS = 64;
/** A file with pictures, and not only its head. */
const LEAST_BYTES = 100_000;

interface Row {
  readonly cameras: number;
  readonly cpu_s_per_camera_minute: number;
  /** Of all cameras together, cores. */
  readonly cores: number;
  readonly pss_mib: number;
  readonly disk_mib_per_camera_minute: number;
}

/** What recording the same cameras costs us and others, and how it grows with their number. */
export function peers(run: Run): Promise<void> {
  const counts = countsOf(process.env['VAS_BENCH_CAMERAS'] ?? '1,4');
  return withCleanup(run.signal, async (cleanup) => {
    const most = Math.max(...counts);
    const { server } = await startFleet(cleanup, await clip360p(ffmpegPath()), most);
    const urls = Array.from({ length: most }, (_, n) => server.url(`/c${String(n)}`));
    const rows = new Map<string, Row[]>();
    const notRun: { peer: string; reason: string }[] = [];
    rows.set('ours', await ourRows(run, cleanup, counts, urls));
    for (const peer of PEERS) {
      run.signal.throwIfAborted();
      const reason = await peer.unavailable();
      if (reason !== null) {
        notRun.push({ peer: peer.id, reason });
        run.note(`${peer.id}: not run: ${reason}`);
        continue;
      }
      const own: Row[] = [];
      for (const count of counts) {
        const folder = await temporaryFolder(cleanup, peer.id);
        const running = await peer.start(urls.slice(0, count), folder);
        cleanup.add(() => running.stop());
        const row = await held(running.pids, folder, count);
        await running.stop();
        // A program that has lost a camera would look cheap.
        const writing = filesBelow(folder).filter(({ bytes }) => bytes > LEAST_BYTES).length;
        if (writing < count) {
          const lost = `with ${String(count)} cameras it wrote of ${String(writing)} only`;
          notRun.push({ peer: peer.id, reason: lost });
          run.note(`${peer.id}: ${lost}`);
          break;
        }
        own.push(row);
        run.note(`${peer.id}: ${JSON.stringify(row)}`);
      }
      if (own.length > 0) rows.set(peer.id, own);
    }
    report(run, rows, notRun);
  });
}

async function ourRows(
  run: Run,
  cleanup: Cleanup,
  counts: readonly number[],
  urls: readonly string[],
): Promise<Row[]> {
  const dataDir = await temporaryFolder(cleanup, 'peers');
  const app = await launch(cleanup, dataDir);
  await app.page.getByRole('link', { name: 'Settings' }).click();
  const rows: Row[] = [];
  let open = 0;
  for (const count of counts) {
    await openCameras(app.vas, count - open, (n) => urls[n] ?? '', open);
    open = count;
    const row = await held([app.pid], dataDir, count);
    rows.push(row);
    run.note(`ours: ${JSON.stringify(row)}`);
  }
  await app.close();
  return rows;
}

async function held(pids: RunningPeer['pids'], folder: string, cameras: number): Promise<Row> {
  await delay(SETTLE_MS);
  const [first, bytes, from] = [sampleAll(pids), bytesBelow(folder), performance.now()];
  await delay(HOLD_MS);
  const last = sampleAll(pids);
  const minutes = (performance.now() - from) / 60_000;
  const cpu = total(usedBetween(first, last));
  return {
    cameras,
    cpu_s_per_camera_minute: rounded(cpu / minutes / cameras),
    cores: rounded(cpu / minutes / 60),
    pss_mib: rounded(memoryOf(last)),
    disk_mib_per_camera_minute: rounded((bytesBelow(folder) - bytes) / 2 ** 20 / minutes / cameras),
  };
}

function report(
  run: Run,
  rows: ReadonlyMap<string, readonly Row[]>,
  notRun: readonly { peer: string; reason: string }[],
): void {
  const plain = rows.get('ffmpeg')?.at(-1);
  const method =
    `The same 640x360 cameras (15 pictures a second, 500 kb/s, RTSP over TCP, one replayed clip) recorded by each program alone, one after the other in the same run; ` +
    `after ${String(SETTLE_MS / 1000)} s counted for ${String(HOLD_MS / 1000)} s: user and system time of all its processes, PSS, bytes written. ` +
    'Ours counts everything, the window, the SFU and the database included, and has a debugger attached; nothing is watched. ' +
    'Motion decodes every picture besides, which the others do not. Value: with the most cameras; slope: for each camera more.';
  for (const [peer, own] of rows) {
    const last = own.at(-1);
    if (last === undefined) continue;
    const by = (of: (row: Row) => number) => slope(own.map((row) => ({ x: row.cameras, y: of(row) })));
    const samples = {
      ...{ rows: own, cores_per_camera: by(({ cores }) => cores), mib_per_camera: by((row) => row.pss_mib) },
      ratio_to_ffmpeg: plain === undefined ? null : rounded(last.cores / plain.cores),
    };
    run.result({
      id: `peers.${peer}_cpu_s`,
      value: last.cpu_s_per_camera_minute,
      unit: 's/camera-min',
      samples,
      method,
    });
    run.result({ id: `peers.${peer}_pss_mib`, value: last.pss_mib, unit: 'MiB', samples: own, method });
    run.result({
      id: `peers.${peer}_disk_mib`,
      value: last.disk_mib_per_camera_minute,
      unit: 'MiB/camera-min',
      samples: own,
      method,
    });
  }
  run.result({
    id: 'peers.not_run',
    value: notRun.length,
    unit: 'programs',
    samples: notRun,
    method: 'Programs that could not be run here, each with the reason.',
  });
}

/** @throws Error for anything but numbers of cameras in rising order */
function countsOf(text: string): number[] {
  const counts = text.split(',').map(Number);
  const isFine = counts.every(
    (count, n) =>
      Number.isInteger(count) && count >= 1 && count <= MOST_CAMERAS && count > (counts[n - 1] ?? 0),
  );
  if (!isFine)
    throw new Error(
      `--cameras ${text}: give rising numbers from 1 to ${String(MOST_CAMERAS)}, such as 1,4,16.`,
    );
  return counts;
}
