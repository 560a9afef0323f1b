/**
 * A recording's clock is slewed by at most half of this share of its time: within it, footage that takes a little more
 * or less of the wall than of media goes on without a gap.
 */
export const LARGEST_SLEW = 0.001;
