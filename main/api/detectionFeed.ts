import type { RequestOf, ResponseOf } from '../../contract';
import type { CoreResult, RuthCore } from '../core/core';

/** Pushes the results of the named cameras as they come; nothing is kept for anybody. */
export function detectionFeed(core: RuthCore) {
  return (
    request: RequestOf<'detections'>,
    push: (value: ResponseOf<'detections'>) => void,
  ): (() => void) => {
    const cameras = new Set(request.camera_ids);
    const listening = core.results.on((result) => {
      if (cameras.has(result.cameraId)) push(toMessage(result));
    });
    return () => void listening.dispose();
  };
}

function toMessage({
  cameraId,
  modelId,
  frame,
  detections,
  latencyUs,
}: CoreResult): ResponseOf<'detections'> {
  return {
    camera_id: cameraId,
    model_id: modelId,
    frame: {
      id: frame.frameId,
      epoch: frame.epoch,
      pts_us: frame.ptsUs,
      timestamp: new Date(frame.wallUs / 1000).toISOString(),
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
