import { Checkbox } from 'react-aria-components';
import { CheckIcon } from './icons';
import './field.css';

export interface CheckBoxProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
}

export function CheckBox({ label, isSelected, onChange }: CheckBoxProps) {
  return (
    <Checkbox className="choice" isSelected={isSelected} onChange={onChange}>
      <span className="choice-mark choice-box">{isSelected ? <CheckIcon size={14} /> : null}</span>
      {label}
    </Checkbox>
  );
}
