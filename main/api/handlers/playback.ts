import { isoFromUs, usFromIso } from '../../kernel/media/instants';
import { frameBesideInstant } from '../../kernel/playback/beside';
import { boundsOf } from '../../kernel/playback/ends';
import { gapAt } from '../../kernel/playback/gaps';
import { Timeline } from '../../kernel/playback/timeline';
import type { TimelineMarks } from '../../kernel/playback/timeline';
import { motionRange } from '../../kernel/playback/motionRange';
import type { HandlerContext, HandlersFor } from './context';

export function playbackHandlers({
  kernel,
  store,
  events,
  watching,
}: HandlerContext): HandlersFor<'playback'> {
  const { playback, recording, playbackWorker: worker, clock } = kernel;
  const { read } = store;
  const timeline = new Timeline(read, recording);
  const marks: TimelineMarks = {
    async events(cameraId, spans) {
      const { queries } = await events.active();
      return queries.spansOf(cameraId, spans);
    },
    async motion(cameraId, fromUs, toUs, stepUs) {
      await kernel.motion?.flush();
      const range = motionRange(fromUs, toUs, stepUs);
      const rows = await read.listMotion({ cameraId, ...range });
      return rows
        .filter(({ movingSeconds }) => movingSeconds > 0)
        .map(({ startUs }) => [startUs, startUs + range.bucketSeconds * 1e6] as const);
    },
    async locks(cameraId, fromUs, toUs) {
      const wanted = { cameraIds: [cameraId], fromUs, toUs, activeAtUs: clock.wallUs() };
      const { rows } = await read.listFootageLocks({ ...wanted, offset: 0, limit: 500 });
      return rows
        .map(({ startUs, endUs }) => [startUs, endUs] as const)
        .sort((one, other) => one[0] - other[0]);
    },
  };
  // Instants are whole milliseconds: rounded down, the end of a gap would still lie inside it.
  const endOrNull = (us: number | null): string | null =>
    us === null ? null : isoFromUs(Math.ceil(us / 1000) * 1000);
  const isoOrNull = (us: number | null): string | null => (us === null ? null : isoFromUs(us));
  return {
    'playback.timeline': async ({ camera_ids, start, end, pixels }) => ({
      cameras: await timeline.get(
        { cameraIds: camera_ids, fromUs: usFromIso(start), toUs: usFromIso(end), pixels },
        marks,
      ),
    }),
    'playback.bounds': async ({ camera_ids }) => {
      const context = { read, footage: recording };
      const all = await Promise.all(camera_ids.map((id) => boundsOf(context, id)));
      const known = all.filter((bounds) => bounds !== null);
      if (known.length === 0) return { first: null, last: null };
      return {
        first: isoFromUs(Math.min(...known.map(({ startUs }) => startUs))),
        last: isoFromUs(Math.max(...known.map(({ endUs }) => endUs))),
      };
    },
    'playback.gap': async ({ camera_id, at }) => {
      const context = { read, footage: recording, nowUs: () => clock.wallUs() };
      const gap = await gapAt(context, camera_id, usFromIso(at));
      if (gap === null) return { gap: null };
      return { gap: { from: isoOrNull(gap.fromUs), to: endOrNull(gap.toUs), reason: gap.reason } };
    },
    'playback.frame': async ({ camera_id, at, which }) => {
      const context = { read, footage: recording, worker };
      const us = await frameBesideInstant(context, camera_id, Math.round(at * 1000), which);
      return { at: us === null ? null : us / 1000 };
    },
    'playback.open': async ({ camera_id, at, decodes }, owner) => {
      const session = await playback.open(owner, camera_id, usFromIso(at), decodes);
      const { id } = session;
      watching.opened(owner, id, camera_id, 'playback');
      const begins = session.placeOf(usFromIso(at));
      const base = `vas-media://playback/${id}`;
      return {
        id,
        playlist: `${base}/list`,
        keys: `${base}/keys`,
        start: isoFromUs(begins.wallUs),
        media: begins.mediaSeconds,
      };
    },
    'playback.close': (request, owner) => {
      watching.closed(owner, request.id);
      playback.close(owner, request.id);
      return {};
    },
  };
}
