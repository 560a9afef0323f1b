/**
 * Specs that no other application may run beside: they measure times, frame rates or what the machine holds, or
 * show and decode so much that two of them would starve each other.
 */
export const alone: readonly string[] = [
  '**/captureClock.spec.ts',
  '**/crash.spec.ts',
  '**/eventScroll.spec.ts',
  '**/lifecycle.spec.ts',
  '**/outage.spec.ts',
  '**/overlayFrames.spec.ts',
  '**/playback.spec.ts',
  '**/tile.spec.ts',
];
