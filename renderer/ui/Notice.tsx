import type { ReactNode } from 'react';
import { CheckIcon, ErrorIcon, InfoIcon, WarningIcon } from './icons';
import './notice.css';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';

const ICONS = { info: InfoIcon, ok: CheckIcon, warn: WarningIcon, bad: ErrorIcon } as const;

export interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Buttons below the text. */
  readonly actions?: ReactNode;
  /** Announced when it appears: `alert` for what needs attention, `status` for what does not. */
  readonly live?: 'alert' | 'status';
}

/** A message inside a screen or form. Its tone shows in icon and border as well as in the words. */
export function Notice({ tone, title, children, actions, live }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={`notice notice-${tone}`} {...(live === undefined ? {} : { role: live })}>
      <Icon className="notice-icon" />
      <div className="notice-content">
        {title === undefined ? null : <p className="notice-title">{title}</p>}
        {children === undefined ? null : <div className="notice-text">{children}</div>}
        {actions === undefined ? null : <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
