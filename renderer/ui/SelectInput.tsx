import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { CheckIcon, ChevronIcon } from './icons';
import './field.css';
import './menu.css';
import './select.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectInputProps<V extends string> {
  /** Accessible name; shown above the field unless `labelHidden`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  /** Marks a value that leaves something out, such as a filter that is set. */
  readonly isSet?: boolean;
}

/** One of a list of choices, opened from a field. */
export function SelectInput<V extends string>(props: SelectInputProps<V>) {
  const { label, labelHidden = false, value, options, onChange, isSet = false } = props;
  return (
    <Select
      className="field select"
      {...(labelHidden ? { 'aria-label': label } : {})}
      value={value}
      onChange={(next) => onChange(next as V)}
    >
      {labelHidden ? null : <Label className="field-label">{label}</Label>}
      <Button className={isSet ? 'select-button select-set' : 'select-button'}>
        <SelectValue className="select-value" />
        <ChevronIcon size={14} />
      </Button>
      <Popover className="menu-popover select-popover">
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} className="menu-item" textValue={option.label}>
              {({ isSelected }) => (
                <>
                  <span className="menu-label">{option.label}</span>
                  {isSelected ? <CheckIcon size={14} /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
