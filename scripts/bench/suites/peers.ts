import { openCameras } from '../lib/fleet';
import { sampleTree } from '../lib/processCpu';
import { rounded } from '../lib/result';
import { launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { Comparison } from '../peers/comparison';
import { ffmpegCopy } from '../peers/ffmpegCopy';
import { gstreamer } from '../peers/gstreamer';
import { motion } from '../peers/motion';
import type { Peer } from '../peers/peer';
import type { Row } from '../peers/table';
import { COUNTED, hold, rowOf } from '../peers/table';
import { bytesBelow, filesBelow, sampleAll } from '../peers/usage';
import { zoneminder } from '../peers/zoneminder';

const PEERS: readonly Peer[] = [ffmpegCopy, gstreamer, motion, zoneminder];
/** A file with pictures, and not only its head. */
const LEAST_BYTES = 100_000;

/** What recording the same cameras costs us and others, and how it grows with their number. */
export function peers(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const comparison = await Comparison.open(run, cleanup);
    await ours(comparison);
    for (const peer of PEERS) {
      run.signal.throwIfAborted();
      const reason = await peer.unavailable();
      if (reason === null) await other(comparison, peer);
      else comparison.leaveOut(peer.id, reason);
    }
    const method =
      `${COUNTED}All of them record. Ours counts everything, the window, the SFU and the database included, and has a debugger ` +
      'attached; nothing is watched. Motion decodes every picture besides, which the others do not; ZoneMinder counts its database.';
    comparison.report('peers', method);
    for (const [peer, own] of comparison.rows)
      run.result({
        id: `peers.${peer}_disk_mib`,
        value: own.at(-1)?.['disk_mib_per_camera_minute'] ?? NaN,
        ...{ unit: 'MiB/camera-min', samples: own, method },
      });
  });
}

async function ours(comparison: Comparison): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
  const dataDir = await temporaryFolder(cleanup, 'peers');
  const app = await launch(cleanup, dataDir);
  await app.page.getByRole('link', { name: 'Settings' }).click();
  let open = 0;
  for (const count of counts) {
    await openCameras(app.vas, count - open, (n) => urls[n] ?? '', open);
    open = count;
    comparison.add('ours', await recorded(run, () => sampleTree(app.pid), dataDir, count));
  }
  await app.close();
}

async function other(comparison: Comparison, peer: Peer): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
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
      comparison.leaveOut(
        peer.id,
        `with ${String(count)} cameras it wrote of ${String(writing.length)} only`,
      );
      return;
    }
    comparison.add(peer.id, found);
  }
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
