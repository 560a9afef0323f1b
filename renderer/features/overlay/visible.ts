/**
 * A click on one of a list of filters (reference 6.3): an empty choice means all; the first click then isolates,
 * and unticking the last returns to all.
 */
export function toggleVisible(visible: readonly string[], one: string): string[] {
  return visible.includes(one) ? visible.filter((other) => other !== one) : [...visible, one];
}
