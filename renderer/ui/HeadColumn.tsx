import type { ReactNode } from 'react';
import type { ColumnProps } from 'react-aria-components';
import { Column } from 'react-aria-components';
import { ChevronIcon } from './icons';
import './table.css';

export interface HeadColumnProps extends Omit<ColumnProps, 'className' | 'children' | 'textValue'> {
  readonly label: string;
  /** Instead of the label, which then only names it. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** The head of a column of a table: its name, and which way its values are sorted. */
export function HeadColumn({ label, children, className = '', ...props }: HeadColumnProps) {
  return (
    <Column {...props} className={`data-column ${className}`} textValue={label}>
      {({ sortDirection }) => (
        <>
          {children ?? label}
          {sortDirection === undefined ? null : (
            <ChevronIcon size={14} className={`sort-mark sort-mark-${sortDirection}`} />
          )}
        </>
      )}
    </Column>
  );
}
