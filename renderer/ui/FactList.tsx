import type { ReactNode } from 'react';
import './factList.css';

export type Fact = readonly [name: string, value: ReactNode];

export interface FactListProps {
  /** Names are different from each other. */
  readonly facts: readonly Fact[];
  /** Where the heading before it does not say what the facts are of. */
  readonly label?: string;
  /** Set beside the names to their width, or to rule lines between them (`fact-list-ruled`). */
  readonly className?: string;
}

/** What is known of one thing: a name and a value in each line. */
export function FactList({ facts, label, className = '' }: FactListProps) {
  return (
    <dl className={`fact-list ${className}`} {...(label === undefined ? {} : { 'aria-label': label })}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numeric">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
