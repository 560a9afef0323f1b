import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { PlusIcon } from '../../ui/icons';
import { TextInput } from '../../ui/TextInput';

/** Longest name of a group (contract, groupName). */
const MAX = 64;

export interface NewGroupProps {
  /** Names that exist; one that differs in case only is the same. */
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}

/** A field for the name of a new group, with its button. Enter adds; it sends no form around it. */
export function NewGroup({ taken, onAdd }: NewGroupProps) {
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const add = () => {
    const wanted = name.trim();
    if (wanted === '') return;
    if (wanted.length > MAX) setError(t('form.tooLong', { max: MAX }));
    else if (taken.some((other) => other.toLowerCase() === wanted.toLowerCase()))
      setError(t('groups.nameTaken'));
    else {
      setName('');
      onAdd(wanted);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    // The key is heard on its way up from the field.
    <div className="group-new" onKeyDown={onKeyDown} role="presentation">
      <TextInput
        label={t('groups.new')}
        name="new-group"
        value={name}
        error={error}
        placeholder={t('groups.newPlaceholder')}
        onChange={(value) => {
          setName(value);
          setError(null);
        }}
      />
      <Button onPress={add} isDisabled={name.trim() === ''}>
        <PlusIcon size={16} />
        {t('groups.add')}
      </Button>
    </div>
  );
}
