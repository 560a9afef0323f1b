import type { ReactNode } from 'react';
import { AlertsButton } from '../alerts/AlertsButton';
import { ShellNotices } from './ShellNotices';
import { WorkstationClock } from './WorkstationClock';

export interface ScreenFrameProps {
  readonly title: string;
  /** Controls of the screen, beside its title. */
  readonly toolbar?: ReactNode;
  readonly children: ReactNode;
}

/** Header and content of a screen: title, its tools, then notices and clock, the same everywhere. */
export function ScreenFrame({ title, toolbar, children }: ScreenFrameProps) {
  return (
    <>
      <header className="screen-header">
        <h1 className="screen-title">{title}</h1>
        <div className="screen-tools">{toolbar}</div>
        <ShellNotices />
        <AlertsButton />
        <WorkstationClock />
      </header>
      <main id="content" className="screen-content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
