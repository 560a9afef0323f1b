import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock';
import type { InferenceResult, ModelContainers } from './containers';
import type { StillPicture } from './stillPicture';

/** A dry run may take its time: nobody waits for the next frame, milliseconds. */
const DEADLINE_MS = 20_000;

export interface DryRunOptions {
  readonly containers: Pick<ModelContainers, 'get' | 'infer'>;
  readonly exportDir: string;
  readonly clock: Clock;
}

/**
 * Shows one picture to a running model, by the way that camera frames go: a frame ring of its own, which lives as
 * long as the request. What the model says is not stored.
 * @throws VasError not_found when there is no such model
 */
export async function dryRun(
  modelId: string,
  { data, width, height }: StillPicture,
  config: Readonly<Record<string, unknown>>,
  options: DryRunOptions,
): Promise<InferenceResult> {
  options.containers.get(modelId);
  // Loaded only now: without AI the addon is not in the main process (INV-02).
  const { createFrameRing } = await import('../../native');
  const cameraId = `dryrun-${randomUUID()}`;
  const reference = path.join(options.exportDir, `vas_frames_${cameraId}`);
  const ring = createFrameRing(reference, { cameraId, maxPictureBytes: data.byteLength, capacity: 2 });
  try {
    const wallUs = options.clock.wallUs();
    const frameId = ring.publish({
      ...{ data, width, height, ptsUs: 0, wallUs },
      ...({ matrix: 'bt601', range: 'limited' } as const),
    });
    const request = {
      frame_reference: reference,
      frame_metadata: { frame_id: frameId, width, height, format: 'NV12' as const, timestamp: wallUs / 1e6 },
      camera_id: cameraId,
      model_id: modelId,
      timestamp: wallUs / 1e6,
      config: { ...config, max_age_ms: DEADLINE_MS },
    };
    return await options.containers.infer(modelId, request, DEADLINE_MS);
  } finally {
    ring.close();
    await rm(reference, { force: true });
  }
}
