import type { ReactNode } from 'react';
import type { IconProps } from './icons';
import './notice.css';

export interface EmptyStateProps {
  readonly icon: (props: IconProps) => ReactNode;
  readonly title: string;
  readonly text: string;
  /** The one clear next step. */
  readonly action?: ReactNode;
}

/** What a screen shows when there is nothing yet. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon size={40} className="empty-state-icon" />
      <h2 className="empty-state-title">{title}</h2>
      <p className="empty-state-text">{text}</p>
      {action}
    </div>
  );
}
