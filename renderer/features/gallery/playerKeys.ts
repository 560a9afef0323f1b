/** Seconds of a picture: cameras send 25 a second or fewer. */
const PICTURE = 1 / 25;

const player = (): HTMLVideoElement | null =>
  document.querySelector<HTMLVideoElement>('[data-testid="gallery-video"]');

/** What keys do to the clip that is open; false where none is. */
export const playerKeys = {
  toggle(): boolean {
    const video = player();
    if (video === null) return false;
    if (video.paused) void video.play().catch(() => undefined);
    else video.pause();
    return true;
  },
  step(by: 1 | -1): boolean {
    const video = player();
    // Before it is known how long the clip is there is nowhere to step to.
    if (video === null || Number.isNaN(video.duration)) return false;
    video.pause();
    video.currentTime = Math.min(video.duration, Math.max(0, video.currentTime + by * PICTURE));
    return true;
  },
};
