/** Which rows of a long list are drawn. */
export interface Rows {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows beyond what is seen, so that scrolling does not show empty ones. */
const SPARE = 4;

/** @param count rows in all @param height of one row, CSS pixels */
export function rowsShown(count: number, height: number, scrolled: number, view: number): Rows {
  const first = Math.max(0, Math.floor(scrolled / height) - SPARE);
  return { first, end: Math.min(count, Math.ceil((scrolled + view) / height) + SPARE) };
}

/** Where to scroll so that a row is seen whole; the same when it is. */
export function scrolledTo(row: number, height: number, scrolled: number, view: number): number {
  if (row * height < scrolled) return row * height;
  return Math.max(scrolled, (row + 1) * height - view);
}
