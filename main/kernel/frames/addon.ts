import type { createFrameTap, createMotionWatch, openFrameRing } from '../../../native';

/** What the frame export uses of the native addon. */
export interface FramesAddon {
  readonly createFrameTap: typeof createFrameTap;
  readonly openFrameRing: typeof openFrameRing;
  readonly createMotionWatch: typeof createMotionWatch;
}

/**
 * Loads the addon; never called while the flag is off (INV-02).
 * @throws Error when it is missing; `npm run doctor` says why
 */
export function loadAddon(): Promise<FramesAddon> {
  return import('../../../native');
}
