/** Loads the native addon and lets it convert a picture whose result is known. */
export async function addonCheck(): Promise<unknown> {
  const { letterboxNv12ToRgb } = await import('../../native');
  const side = 4;
  const target = { data: new Uint8Array(side * side * 3), width: side, height: side };
  const placement = letterboxNv12ToRgb(
    {
      // Video's white in limited range.
      y: new Uint8Array(side * side).fill(235),
      uv: new Uint8Array((side * side) / 2).fill(128),
      width: side,
      height: side,
      yStride: side,
      uvStride: side,
      matrix: 'bt709',
      range: 'limited',
    },
    target,
  );
  if (!target.data.every((value) => value >= 254))
    throw new Error(`white became ${[...target.data.slice(0, 3)].join(', ')}`);
  return { placement };
}
