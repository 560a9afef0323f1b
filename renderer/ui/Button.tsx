import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton } from 'react-aria-components';
import { useMay } from '../data/SessionProvider';
import './button.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  /** `primary`: the one action of a screen or dialog. `danger`: cannot be undone. Default `plain`. */
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly className?: string;
  /** The right without which it would be refused: then it is not offered. */
  readonly needs?: string;
}

export function Button({ look = 'plain', className = '', needs, ...props }: ButtonProps) {
  const may = useMay(needs);
  if (!may) return null;
  return <AriaButton {...props} className={`button button-${look} ${className}`} />;
}
