import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { AlertBanner } from './AlertBanner';
import { AlertPanel } from './AlertPanel';
import { AlertPlaceContext } from './AlertPlace';
import './alerts.css';

export interface AlertFrameProps {
  /** Of the grid that holds the window's content, and at its right end the panel. */
  readonly className: string;
  readonly children: ReactNode;
}

/** A window's content below the most urgent alert; none of it is ever covered by alerts. */
export function AlertFrame({ className, children }: AlertFrameProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useMemo(() => ({ isOpen, toggle: () => setOpen((before) => !before) }), [isOpen]);
  return (
    <AlertPlaceContext value={place}>
      <AlertBanner />
      <div className={className}>
        {children}
        {isOpen ? <AlertPanel onClose={() => setOpen(false)} /> : null}
      </div>
    </AlertPlaceContext>
  );
}
