import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import { useMay } from '../data/SessionProvider';
import type { ButtonProps } from './Button';
import { Button } from './Button';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** What it does; its accessible name and its tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A button that shows an icon only; its name appears when it is pointed at or focused. */
export function IconButton({ label, children, className = '', needs, ...props }: IconButtonProps) {
  const may = useMay(needs);
  if (!may) return null;
  return (
    <TooltipTrigger delay={400}>
      <Button look="quiet" {...props} aria-label={label} className={`button-icon ${className}`}>
        {children}
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
