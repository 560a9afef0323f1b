import type { ReactNode } from 'react';

export interface SettingRowProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
  /** Below both columns: notices that belong to this setting. */
  readonly below?: ReactNode;
}

/** One setting: what it is at the left, its control at the right. The control brings its own accessible name. */
export function SettingRow({ title, hint, children, below }: SettingRowProps) {
  return (
    <div className="setting-row">
      <div className="setting-words">
        <p className="setting-title">{title}</p>
        {hint === undefined ? null : <p className="setting-hint">{hint}</p>}
      </div>
      <div className="setting-control">{children}</div>
      {below === undefined || below === null ? null : <div className="setting-below">{below}</div>}
    </div>
  );
}
