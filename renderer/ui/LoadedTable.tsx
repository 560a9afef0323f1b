import type { ReactElement, ReactNode } from 'react';
import {
  Collection,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
} from 'react-aria-components';
import type { PlainKey } from '../strings';
import { t } from '../strings';
import { Busy } from './Busy';
import { HeadColumn } from './HeadColumn';

export interface TableColumn {
  readonly id: string;
  readonly label: PlainKey;
  readonly width: number | `${number}fr`;
  readonly minWidth: number;
}

export interface LoadedTableProps<T extends object> {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** The column that names a row. */
  readonly rowHeader: string;
  readonly items: readonly T[];
  readonly dependencies?: readonly unknown[];
  /** A `Row` of react-aria-components with its id. */
  readonly children: (item: T) => ReactElement;
  readonly rowHeight: number;
  /** Instead of rows. */
  readonly empty: string;
  /** Older ones, which are read when the end comes into sight; null: there are none. */
  readonly more: { readonly isLoading: boolean; readonly load: () => void; readonly text: string } | null;
  readonly onRowAction?: (key: string | number) => void;
  readonly className: string;
}

/** A long table: only the rows in sight exist, and older ones are read when they come into sight. */
export function LoadedTable<T extends object>(props: LoadedTableProps<T>): ReactNode {
  const { columns, rowHeight, more, onRowAction } = props;
  return (
    <Virtualizer
      layout={TableLayout}
      layoutOptions={{ rowHeight, headingHeight: 36, loaderHeight: Math.max(40, rowHeight) }}
    >
      <Table
        className={props.className}
        aria-label={props.label}
        {...(onRowAction === undefined ? {} : { onRowAction })}
      >
        <TableHeader className="data-head">
          {columns.map(({ id, label, width, minWidth }) => (
            <HeadColumn
              key={id}
              {...{ id, width, minWidth }}
              label={t(label)}
              isRowHeader={id === props.rowHeader}
            />
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <p className="data-none">{props.empty}</p>}>
          <Collection items={props.items} dependencies={props.dependencies ?? []}>
            {props.children}
          </Collection>
          {more === null ? null : (
            <TableLoadMoreItem className="data-more" isLoading={more.isLoading} onLoadMore={more.load}>
              <Busy text={more.text} />
            </TableLoadMoreItem>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}
