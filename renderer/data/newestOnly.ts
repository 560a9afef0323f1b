/**
 * Tells of runs of the same thing, which may end in any order, whether one is still the newest: what an older one
 * brings late must not replace what a newer one brought.
 * @returns begins a run, and returns what to ask when it has ended
 */
export function newestOnly(): () => () => boolean {
  let newest = 0;
  return () => {
    const mine = ++newest;
    return () => mine === newest;
  };
}
