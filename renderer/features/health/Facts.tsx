import type { ReactNode } from 'react';

/** Names and values side by side. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="health-facts">{children}</dl>;
}

export interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  /** In small letters below the value. */
  readonly detail?: string;
}

export function Fact({ name, children, detail }: FactProps) {
  return (
    <div className="health-fact">
      <dt>{name}</dt>
      <dd className="numeric">
        {children}
        {detail === undefined ? null : <small>{detail}</small>}
      </dd>
    </div>
  );
}

/** A column of a table of figures: words stand at the start, numbers below each other at the end. */
export interface FigureTableColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

export const words = (name: string): FigureTableColumn => ({ name, isNumber: false });
export const numbers = (name: string): FigureTableColumn => ({ name, isNumber: true });

export interface FigureRow {
  readonly key: string;
  readonly cells: readonly ReactNode[];
}

export interface FigureTableProps {
  readonly label: string;
  readonly columns: readonly FigureTableColumn[];
  readonly rows: readonly FigureRow[];
  /** In place of rows. */
  readonly empty: string;
}

/** A short table of figures; the first cell of a row names it. */
export function FigureTable({ label, columns, rows, empty }: FigureTableProps) {
  if (rows.length === 0) return <p className="health-none">{empty}</p>;
  return (
    <div className="figures-frame" tabIndex={0} role="region" aria-label={label}>
      <table className="figures">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={isNumber ? 'figures-number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={columns[index]?.name} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td
                    key={columns[index]?.name}
                    className={columns[index]?.isNumber === true ? 'numeric figures-number' : undefined}
                  >
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
