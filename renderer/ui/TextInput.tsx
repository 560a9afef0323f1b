import type { ClipboardEvent, ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import './field.css';

export interface TextInputProps {
  /** Accessible name; shown above the field unless `labelHidden`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shown below the field; null when the value is fine. */
  readonly error?: string | null;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'url';
  /** Marks the field as required, in words. */
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  /** Controls at the right edge of the field. */
  readonly trailing?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A text field with label, hint and error, tied together for assistive technology. */
export function TextInput(props: TextInputProps) {
  const error = props.error ?? null;
  return (
    <TextField
      className="field"
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? 'text'}
      isInvalid={error !== null}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
      // The first field of a dialog that was just opened: this is where the user starts.
      autoFocus={props.autoFocus ?? false}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
    >
      <Label className={props.labelHidden === true ? 'visually-hidden' : 'field-label'}>{props.label}</Label>
      <div className="field-control">
        <Input
          className="field-input"
          {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
          {...(props.onPaste === undefined ? {} : { onPaste: props.onPaste })}
          {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
        />
        {props.trailing}
      </div>
      {props.hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {props.hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
