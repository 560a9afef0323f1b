import type { Ref } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { t } from '../strings';
import { CloseIcon, SearchIcon } from './icons';
import './field.css';

export interface SearchInputProps {
  /** Accessible name and placeholder. */
  readonly label: string;
  /** Left out inside an Autocomplete, which holds the text. */
  readonly value?: string;
  readonly onChange?: (value: string) => void;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A search field; Escape empties it. */
export function SearchInput({ label, value, onChange, autoFocus = false, inputRef }: SearchInputProps) {
  return (
    <SearchField
      className="field search"
      aria-label={label}
      autoFocus={autoFocus}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
    >
      <div className="field-control">
        <SearchIcon size={16} className="search-icon" />
        <Input
          className="field-input"
          placeholder={label}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
        />
        <Button className="search-clear" aria-label={t('common.clear')}>
          <CloseIcon size={14} />
        </Button>
      </div>
    </SearchField>
  );
}
