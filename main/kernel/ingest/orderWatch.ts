/**
 * What FFmpeg says when it copies pictures whose time stamps go backwards. Once may be the camera's clock being set
 * (first RTCP report), so it takes a few.
 */
const STEP_BACK = /Invalid DTS: -?\d+ PTS: -?\d+ in output stream|pts \(-?\d+\) < dts \(-?\d+\)/;
const STEPS_BACK = 3;
/** It cannot begin MPEG-TS with pictures that are reordered. */
const NO_FIRST_TIME = 'first pts and dts value must be set';
/**
 * What it says of its first output while it finds out that the order has changed in a running stream. With one or two
 * B-frames the first two such times are the same, with more the second is earlier. After a clock was set back (that of
 * a camera, at its start or when another viewer comes or goes) each picture has such a line, too, until the old time is
 * reached, but each with a later time than the one before: that is no reason to look at the camera anew.
 */
const DECODED_BACK = /Non-monotonous DTS in output stream 0:0; previous: (-?\d+), current: (-?\d+);/;
/** A longer step is a clock that was set, not another order; ticks of 90 kHz. */
const LONGEST_STEP = 45_000;

/** Certain: whatever a look at the stream says. Possible: a look will tell. */
export type Reordering = 'certain' | 'possible';

/**
 * Notices on standard error that a stream has B-frames although its plan says that it has none.
 * @returns for each line whether it is the one that shows it; each kind is told once
 */
export function createOrderWatch(): (line: string) => Reordering | null {
  let steps = 0;
  let back: { readonly previous: string; readonly current: number } | null = null;
  let told = false;
  return (line) => {
    const step = DECODED_BACK.exec(line);
    if (step !== null) {
      const previous = step[1] ?? '';
      const current = Number(step[2]);
      const ticks = Number(previous) - current;
      if (told || ticks <= 0 || ticks > LONGEST_STEP) return null;
      told = back?.previous === previous && current <= back.current;
      back = { previous, current };
      return told ? 'possible' : null;
    }
    if (steps >= STEPS_BACK) return null;
    if (line.includes(NO_FIRST_TIME)) steps = STEPS_BACK;
    else if (STEP_BACK.test(line)) steps += 1;
    else return null;
    return steps >= STEPS_BACK ? 'certain' : null;
  };
}
