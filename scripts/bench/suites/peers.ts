import { cameraCounts } from '../lib/cameraCounts';
import { clip360p } from '../lib/clips';
import { openCameras, startFleet } from '../lib/fleet';
import { sampleTree } from '../lib/processCpu';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { ffmpegCopy } from '../peers/ffmpegCopy';
import { gstreamer } from '../peers/gstreamer';
import { motion } from '../peers/motion';
import type { Peer } from '../peers/peer';
import type { NotRun, Row } from '../peers/table';
import { COUNTED, hold, reportRows, rowOf } from '../peers/table';
import { bytesBelow, filesBelow, sampleAll } from '../peers/usage';
import { zoneminder } from '../peers/zoneminder';

const PEERS: readonly Peer[] = [ffmpegCopy, gstreamer, motion, zoneminder];
/** A file with pictures, and not only its head. */
const LEAST_BYTES = 100_000;

/** What recording the same cameras costs us and others, and how it grows with their number. */
export function peers(run: Run): Promise<void> {
  const counts = cameraCounts();
  return withCleanup(run.signal, async (cleanup) => {
    const most = Math.max(...counts);
    const { server } = await startFleet(cleanup, await clip360p(ffmpegPath()), most);
    const urls = Array.from({ length: most }, (_, n) => server.url(`/c${String(n)}`));
    const rows = new Map<string, Row[]>();
    const notRun: NotRun[] = [];
    rows.set('ours', await ourRows(run, cleanup, counts, urls));
    for (const peer of PEERS) {
      run.signal.throwIfAborted();
      const reason = await peer.unavailable();
      if (reason === null) rows.set(peer.id, await peerRows(run, cleanup, peer, counts, urls, notRun));
      else {
        notRun.push({ peer: peer.id, reason });
        run.note(`${peer.id}: not run: ${reason}`);
      }
    }
    const method =
      `${COUNTED}All of them record. Ours counts everything, the window, the SFU and the database included, and has a debugger ` +
      'attached; nothing is watched. Motion decodes every picture besides, which the others do not; ZoneMinder counts its database.';
    reportRows(run, 'peers', rows, notRun, method);
    for (const [peer, own] of rows)
      run.result({
        id: `peers.${peer}_disk_mib`,
        value: own.at(-1)?.['disk_mib_per_camera_minute'] ?? NaN,
        ...{ unit: 'MiB/camera-min', samples: own, method },
      });
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
    rows.push(await recorded(run, () => sampleTree(app.pid), dataDir, count));
    run.note(`ours: ${JSON.stringify(rows.at(-1))}`);
  }
  await app.close();
  return rows;
}

async function peerRows(
  run: Run,
  cleanup: Cleanup,
  peer: Peer,
  counts: readonly number[],
  urls: readonly string[],
  notRun: NotRun[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of counts) {
    const folder = await temporaryFolder(cleanup, peer.id);
    const running = await peer.start(urls.slice(0, count), folder);
    cleanup.add(() => running.stop());
    const found = await recorded(run, () => sampleAll(running.pids), folder, count);
    await running.stop();
    // A program that has lost a camera would look cheap.
    const writing = filesBelow(folder).filter(
      ({ name, bytes }) => /\.(mp4|mkv)$/.test(name) && bytes > LEAST_BYTES,
    );
    if (writing.length < count) {
      const reason = `with ${String(count)} cameras it wrote of ${String(writing.length)} only`;
      notRun.push({ peer: peer.id, reason });
      run.note(`${peer.id}: ${reason}`);
      break;
    }
    rows.push(found);
    run.note(`${peer.id}: ${JSON.stringify(found)}`);
  }
  return rows;
}

async function recorded(
  run: Run,
  sample: () => ReturnType<typeof sampleTree>,
  folder: string,
  cameras: number,
): Promise<Row> {
  const began = performance.now();
  const before = bytesBelow(folder);
  const held = await hold(sample, run.signal);
  const disk = (bytesBelow(folder) - before) / 2 ** 20 / ((performance.now() - began) / 60_000);
  return {
    ...rowOf(cameras, held),
    disk_mib_per_camera_minute: rounded(disk / cameras),
  };
}
