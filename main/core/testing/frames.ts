import type { FrameReference } from '../frames';

/** The nth frame of a source of 25 frames a second. */
export function frame(n: number, changes: Partial<FrameReference> = {}): FrameReference {
  return {
    cameraId: 'c',
    path: '/dev/shm/vas_frames_c',
    frameId: n,
    epoch: 1,
    ptsUs: n * 40_000,
    wallUs: 1_800_000_000_000_000 + n * 40_000,
    monotonicUs: n * 40_000,
    width: 640,
    height: 360,
    frameDurationUs: 40_000,
    ...changes,
  };
}
