import type { ReactElement, ReactNode } from 'react';
import {
  Collection,
  Column,
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
  readonly classNames: { readonly table: string; readonly head: string; readonly column: string };
  readonly emptyClassName: string;
  readonly moreClassName: string;
}

/** A long table: only the rows in sight exist, and older ones are read when they come into sight. */
export function LoadedTable<T extends object>(props: LoadedTableProps<T>): ReactNode {
  const { columns, rowHeight, more, classNames, onRowAction } = props;
  return (
    <Virtualizer
      layout={TableLayout}
      layoutOptions={{ rowHeight, headingHeight: 36, loaderHeight: Math.max(40, rowHeight) }}
    >
      <Table
        className={classNames.table}
        aria-label={props.label}
        {...(onRowAction === undefined ? {} : { onRowAction })}
      >
        <TableHeader className={classNames.head}>
          {columns.map(({ id, label, width, minWidth }) => (
            <Column
              key={id}
              id={id}
              width={width}
              minWidth={minWidth}
              isRowHeader={id === props.rowHeader}
              className={classNames.column}
            >
              {t(label)}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <p className={props.emptyClassName}>{props.empty}</p>}>
          <Collection items={props.items} dependencies={props.dependencies ?? []}>
            {props.children}
          </Collection>
          {more === null ? null : (
            <TableLoadMoreItem
              className={props.moreClassName}
              isLoading={more.isLoading}
              onLoadMore={more.load}
            >
              <Busy text={more.text} />
            </TableLoadMoreItem>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}
