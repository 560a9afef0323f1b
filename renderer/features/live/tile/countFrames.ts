/**
 * Counts presented pictures in `data-frames` of the element itself; React renders nothing for it.
 * @returns stops counting
 */
export function countFrames(video: HTMLVideoElement, onFrame: () => void): () => void {
  let frames = 0;
  const count = () => {
    frames++;
    video.dataset['frames'] = String(frames);
    onFrame();
    handle = video.requestVideoFrameCallback(count);
  };
  let handle = video.requestVideoFrameCallback(count);
  video.dataset['frames'] = '0';
  return () => video.cancelVideoFrameCallback(handle);
}
