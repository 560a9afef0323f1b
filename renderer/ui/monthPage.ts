/** The 42 days that a month's page shows, Monday first, as their midnights, and the one behind them. */
export function pageOf(month: number): number[] {
  const date = new Date(month);
  const first = new Date(date.getFullYear(), date.getMonth(), 1);
  const before = (first.getDay() + 6) % 7;
  return Array.from({ length: 43 }, (_, index) =>
    new Date(date.getFullYear(), date.getMonth(), 1 + index - before).getTime(),
  );
}
