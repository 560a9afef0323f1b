import { Switch } from 'react-aria-components';
import { t } from '../strings';
import './field.css';

export interface ToggleProps {
  /** Accessible name; also shown unless `labelHidden`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (selected: boolean) => void;
}

/** An on/off switch that says On or Off in words as well. */
export function Toggle({
  label,
  labelHidden = false,
  isSelected,
  isDisabled = false,
  onChange,
}: ToggleProps) {
  return (
    <Switch
      className="toggle"
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      <span className="toggle-track">
        <span className="toggle-thumb" />
      </span>
      {labelHidden ? (
        <span className="toggle-word">{isSelected ? t('common.on') : t('common.off')}</span>
      ) : (
        <span>{label}</span>
      )}
    </Switch>
  );
}
