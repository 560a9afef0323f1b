import { isoFromUs, usFromIso } from '../../kernel/media/instants';
import type { Replay } from '../../kernel/media/replays';
import type { HandlerContext, HandlersFor } from './context';

export function liveHandlers({
  kernel: { live, viewers, replays },
  watching,
}: HandlerContext): HandlersFor<'live'> {
  const shown = (owner: string, cameraId: string, replay: Replay) => {
    watching.opened(owner, replay.id, cameraId, 'playback');
    return toShape(replay);
  };
  return {
    'live.capabilities': async () => ({ rtpCapabilities: await live.capabilities() }),
    'live.open-transport': (_request, owner) => live.openTransport(owner),
    'live.connect-transport': async (request, owner) => {
      await live.connectTransport(owner, request.transport_id, request.dtlsParameters);
      return {};
    },
    'live.close-transport': async (request, owner) => {
      await viewers.closeTransport(owner, request.transport_id);
      // A window has one transport to receive, and recordings come another way.
      watching.closeOwner(owner, 'live');
      return {};
    },
    'live.consume': async (request, owner) => {
      const consumer = await viewers.consume(owner, {
        transportId: request.transport_id,
        cameraId: request.camera_id,
        role: request.role,
        kind: request.kind,
        rtpCapabilities: request.rtpCapabilities,
      });
      if (consumer.kind === 'video') watching.opened(owner, consumer.id, request.camera_id, 'live');
      return {
        id: consumer.id,
        producer_id: consumer.producerId,
        kind: consumer.kind,
        rtpParameters: consumer.rtpParameters,
      };
    },
    'live.resume-consumer': async (request, owner) => {
      await live.resumeConsumer(owner, request.consumer_id);
      return {};
    },
    'live.close-consumer': async (request, owner) => {
      watching.closed(owner, request.consumer_id);
      await viewers.closeConsumer(owner, request.consumer_id);
      return {};
    },
    'live.open-replay': async (request, owner) =>
      shown(owner, request.camera_id, await replays.open(owner, request.camera_id, request.seconds)),
    'live.open-footage': async ({ camera_id, start, end }, owner) =>
      shown(
        owner,
        camera_id,
        await replays.openSpan(owner, camera_id, { fromUs: usFromIso(start), toUs: usFromIso(end) }),
      ),
    'live.close-replay': (request, owner) => {
      watching.closed(owner, request.id);
      replays.close(owner, request.id);
      return {};
    },
  };
}

function toShape(replay: Replay) {
  return {
    id: replay.id,
    url: `vas-media://replays/${replay.id}`,
    start: isoFromUs(replay.startUs),
    end: isoFromUs(replay.endUs),
    seconds: replay.seconds,
    video_codec: replay.videoCodec,
  };
}
