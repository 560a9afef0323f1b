import { Radio, RadioGroup } from 'react-aria-components';
import './field.css';

export interface ChoiceProps<V extends string> {
  /** Accessible name; what is visible stands beside it. */
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

/** One of a few choices, one below the other, where a title stands beside them. */
export function Choice<V extends string>({ label, value, choices, onChange }: ChoiceProps<V>) {
  return (
    <RadioGroup
      className="choice-column"
      aria-label={label}
      value={value}
      onChange={(next) => onChange(next as V)}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className="choice">
          <span className="choice-mark" />
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
