import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton } from 'react-aria-components';
import './button.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  /** `primary`: the one action of a screen or dialog. `danger`: cannot be undone. Default `plain`. */
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly className?: string;
}

export function Button({ look = 'plain', className = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`button button-${look} ${className}`} />;
}
