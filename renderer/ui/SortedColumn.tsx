import { ChevronIcon } from './icons';

export interface SortedColumnProps {
  readonly label: string;
  readonly direction: 'ascending' | 'descending' | undefined;
}

/** What stands in the head of a column that can be sorted. */
export function SortedColumn({ label, direction }: SortedColumnProps) {
  return (
    <>
      {label}
      {direction === undefined ? null : (
        <ChevronIcon size={14} className={`sort-mark sort-mark-${direction}`} />
      )}
    </>
  );
}
