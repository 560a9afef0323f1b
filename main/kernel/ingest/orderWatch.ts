/**
 * What FFmpeg says when it copies pictures whose time stamps go backwards. Once may be the camera's clock being set
 * (first RTCP report), so it takes a few.
 */
const STEP_BACK = /Invalid DTS: -?\d+ PTS: -?\d+ in output stream|pts \(-?\d+\) < dts \(-?\d+\)/;
const STEPS_BACK = 3;
/** It cannot begin MPEG-TS with pictures that are reordered. */
const NO_FIRST_TIME = 'first pts and dts value must be set';

/**
 * Notices on standard error that a stream has B-frames although its plan says that it has none.
 * @returns for each line whether it is the one that shows it; true only once
 */
export function createOrderWatch(): (line: string) => boolean {
  let steps = 0;
  return (line) => {
    if (steps >= STEPS_BACK) return false;
    if (line.includes(NO_FIRST_TIME)) steps = STEPS_BACK;
    else if (STEP_BACK.test(line)) steps += 1;
    else return false;
    return steps >= STEPS_BACK;
  };
}
