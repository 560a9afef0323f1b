import { Label, Radio, RadioGroup, Text } from 'react-aria-components';
import './field.css';

export interface ChoiceGroupProps<V extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

/** One of a few choices, side by side. */
export function ChoiceGroup<V extends string>({
  label,
  hint,
  value,
  choices,
  onChange,
}: ChoiceGroupProps<V>) {
  return (
    <RadioGroup
      className="choice-group"
      value={value}
      orientation="horizontal"
      onChange={(next) => onChange(next as V)}
    >
      <Label className="field-label">{label}</Label>
      <div className="choice-row">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="choice">
            <span className="choice-mark" />
            {choice.label}
          </Radio>
        ))}
      </div>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </RadioGroup>
  );
}
