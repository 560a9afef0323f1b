import type { ReactNode } from 'react';

/** Names and values side by side. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="health-facts">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="health-fact">
      <dt>{name}</dt>
      <dd className="numeric">{children}</dd>
    </div>
  );
}

export interface FigureRow {
  readonly key: string;
  readonly cells: readonly ReactNode[];
}

export interface FigureTableProps {
  readonly label: string;
  readonly columns: readonly string[];
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
            {columns.map((name) => (
              <th key={name} scope="col">
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
                  <th key={columns[index]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={columns[index]} className="numeric">
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
