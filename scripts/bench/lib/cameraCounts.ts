const MOST_CAMERAS = 64;

/**
 * Numbers of cameras to compare with: `--cameras 1,4,16,64`, else 1 and 4, which takes a suite up to three minutes.
 * @throws Error for anything but numbers in rising order
 */
export function cameraCounts(): number[] {
  const text = process.env['VAS_BENCH_CAMERAS'] ?? '1,4';
  const counts = text.split(',').map(Number);
  const isFine = counts.every(
    (count, n) =>
      Number.isInteger(count) && count >= 1 && count <= MOST_CAMERAS && count > (counts[n - 1] ?? 0),
  );
  if (!isFine)
    throw new Error(
      `--cameras ${text}: give rising numbers from 1 to ${String(MOST_CAMERAS)}, such as 1,4,16.`,
    );
  return counts;
}
