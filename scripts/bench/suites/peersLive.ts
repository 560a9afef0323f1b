import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { PageViewers } from '../../../e2e/viewer/install';
import { openCameras } from '../lib/fleet';
import { sampleTree } from '../lib/processCpu';
import { rounded } from '../lib/result';
import { launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { Comparison } from '../peers/comparison';
import { startWebrtc, webrtcUnavailable } from '../peers/gstreamerWebrtc';
import type { Held, Row } from '../peers/table';
import { coresOf, COUNTED, hold, only, rowOf } from '../peers/table';
import { memoryOf, sampleAll } from '../peers/usage';

/** Of the clip. */
const FPS = 15;
/** Decoded in one window: a full wall. */
const MOST_WATCHED = 16;
/** A program that shows fewer pictures than this share would look cheap. */
const LEAST_SHOWN = 0.9;
const PATIENCE_MS = 20_000;

/** What watching the same cameras over WebRTC costs: our ingest and SFU, and rtspsrc to webrtcbin. */
export function peersLive(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const comparison = await Comparison.open(run, cleanup, MOST_WATCHED);
    await ours(comparison);
    const reason = await webrtcUnavailable();
    if (reason === null) await webrtc(comparison);
    else comparison.leaveOut('gstreamer', reason);
    const method =
      `${COUNTED}Each camera has one viewer on the same machine, which decodes. The value counts what serves: of ours the main process, ` +
      'FFmpeg and the SFU, which record as well; of GStreamer the process with rtspsrc and webrtcbin ' +
      "(no jitter buffer: latency 0). What views, the window's processes of ours and a second process of GStreamer's, is viewer_cores in the rows.";
    comparison.report('peers-live', method);
  });
}

const isViewing = (kind: string): boolean => /^(renderer|gpu-process|utility|zygote)/.test(kind);

async function ours(comparison: Comparison): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
  const app = await launch(cleanup, await temporaryFolder(cleanup, 'peers-live'));
  await app.page.getByRole('link', { name: 'Settings' }).click();
  const viewers = await PageViewers.install(app.page);
  const ids: string[] = [];
  for (const count of counts) {
    const more = await openCameras(app.vas, count - ids.length, (n) => urls[n] ?? '', ids.length);
    for (const id of more) await viewers.join(id);
    ids.push(...more);
    const [before, from] = [await picturesShown(app), performance.now()];
    const held = await hold(() => sampleTree(app.pid), run.signal);
    const shown = {
      pictures: (await picturesShown(app)) - before,
      seconds: (performance.now() - from) / 1000,
    };
    comparison.add(
      'ours',
      watched(count, shown, held, (kind) => isViewing(kind)),
    );
  }
  await app.close();
}

function watched(
  cameras: number,
  shown: Shown,
  held: Held,
  isViewer: (kind: string, pid: number) => boolean,
): Row {
  const viewer = only(held, isViewer);
  return {
    ...rowOf(
      cameras,
      only(held, (kind, pid) => !isViewer(kind, pid)),
    ),
    viewer_cores: coresOf(viewer),
    viewer_pss_mib: rounded(memoryOf(viewer.last)),
    shown_share: rounded(shown.pictures / (cameras * FPS * shown.seconds)),
  };
}

interface Shown {
  readonly pictures: number;
  /** Between the two counts. */
  readonly seconds: number;
}

const picturesShown = (app: RunningApp): Promise<number> =>
  app.page.evaluate(() =>
    [...document.querySelectorAll('video')].reduce(
      (sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames,
      0,
    ),
  );

async function webrtc(comparison: Comparison): Promise<void> {
  const { run, cleanup, counts, urls } = comparison;
  for (const count of counts) {
    const peer = startWebrtc(urls.slice(0, count));
    cleanup.add(() => peer.stop());
    const end = performance.now() + PATIENCE_MS;
    while (peer.shown().some((pictures) => pictures === 0) && performance.now() < end) await delay(100);
    const sum = () => peer.shown().reduce((all, pictures) => all + pictures, 0);
    const [before, from] = [sum(), performance.now()];
    const held = await hold(() => sampleAll([peer.senderPid, peer.viewerPid]), run.signal);
    const shown = { pictures: sum() - before, seconds: (performance.now() - from) / 1000 };
    const found = watched(count, shown, held, (_kind, pid) => pid === peer.viewerPid);
    await peer.stop();
    if ((found['shown_share'] ?? 0) < LEAST_SHOWN) {
      comparison.leaveOut(
        'gstreamer',
        `with ${String(count)} cameras it showed ${String(found['shown_share'])} of the pictures: ${JSON.stringify(found)}`,
      );
      return;
    }
    comparison.add('gstreamer', found);
  }
}
