import { expect, it } from 'vitest';
import { firstPictureSeconds } from './recordingRun';

it('the first segment of a run begins with its first key frame, not with the first packet of the camera', () => {
  // FFmpeg joined within a group of pictures: it lists 0 to 5.416667, and the file shows five seconds.
  expect(firstPictureSeconds(0, 0, 0, 5.416667, 5)).toBeCloseTo(0.4167, 3);
  // It began with a key frame; B-frames are shown later than they come.
  expect(firstPictureSeconds(0, 0, 0.08, 5.08, 5)).toBeCloseTo(0.08, 6);
  // Sound that goes on behind the pictures, or an end that cannot be true, change nothing.
  expect(firstPictureSeconds(0, 0, 0, 60, 5)).toBe(0);
  expect(firstPictureSeconds(0, 0, 0.1, 5, 5)).toBe(0.1);
  expect(firstPictureSeconds(0, 0, 0.1)).toBe(0.1);
  // Others are listed as they are.
  expect(firstPictureSeconds(3, 15.4, 0.5, 20.4, 5)).toBe(15.4);
});
