import type { RequestOf, ResponseOf } from '../../contract';
import type { CoreResult, RuthCore } from '../core/core';
import type { StreamId } from '../kernel/streams';
import { streamIdOf } from '../kernel/streams';

/** RTP time stamp under which live view gets a picture, by its media time in microseconds; null while not known. */
export type PictureStamps = (streamId: StreamId, mediaUs: number) => number | null;

/** Pushes the results of the named cameras as they come; nothing is kept for anybody. */
export function detectionFeed(core: Pick<RuthCore, 'results'>, stampOf: PictureStamps) {
  return (
    request: RequestOf<'detections'>,
    push: (value: ResponseOf<'detections'>) => void,
  ): (() => void) => {
    const cameras = new Set(request.camera_ids);
    const listening = core.results.on((result) => {
      if (cameras.has(result.cameraId)) push(toMessage(result, stampOf));
    });
    return () => void listening.dispose();
  };
}

function toMessage(
  { cameraId, modelId, frame, detections, latencyUs }: CoreResult,
  stampOf: PictureStamps,
): ResponseOf<'detections'> {
  const { stream } = frame;
  const timestamp = stream === undefined ? null : stampOf(streamIdOf(cameraId, stream), frame.ptsUs);
  return {
    camera_id: cameraId,
    model_id: modelId,
    frame: {
      id: frame.frameId,
      epoch: frame.epoch,
      pts_us: frame.ptsUs,
      timestamp: new Date(frame.wallUs / 1000).toISOString(),
      rtp: stream === undefined || timestamp === null ? null : { stream, timestamp },
      width: frame.width,
      height: frame.height,
    },
    detections: detections.map(({ bbox, velocity, zones, keypoints, ...one }) => ({
      ...one,
      bbox: [...bbox],
      velocity: [...velocity],
      zones: [...zones],
      ...(keypoints === undefined
        ? {}
        : {
            keypoints: keypoints.map(([x, y, confidence]) => [x, y, confidence] as [number, number, number]),
          }),
    })),
    latency_ms: latencyUs / 1000,
  };
}
