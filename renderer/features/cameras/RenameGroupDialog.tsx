import type { FormEvent } from 'react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { CameraGroup } from '../../../contract';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextInput } from '../../ui/TextInput';

const FORM = 'rename-group';
/** Longest name of a group (contract, groupName). */
const MAX = 64;

export interface RenameGroupDialogProps {
  readonly group: CameraGroup;
  /** Names of the other groups. */
  readonly taken: readonly string[];
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameGroupDialog({ group, taken, onRename, onClose }: RenameGroupDialogProps) {
  const [name, setName] = useState(group.name);
  const [error, setError] = useState<string | null>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted.length > MAX) setError(t('form.tooLong', { max: MAX }));
    else if (taken.some((other) => other.toLowerCase() === wanted.toLowerCase()))
      setError(t('groups.nameTaken'));
    else if (wanted !== '') onRename(wanted);
  };
  return (
    <Dialog
      title={t('groups.renameTitle', { name: group.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} isDisabled={name.trim() === ''}>
            {t('groups.renameAction')}
          </Button>
        </>
      }
    >
      <Form id={FORM} onSubmit={onSubmit} validationBehavior="aria">
        <TextInput
          label={t('groups.name')}
          name="group-name"
          autoFocus
          value={name}
          error={error}
          onChange={(value) => {
            setName(value);
            setError(null);
          }}
        />
      </Form>
    </Dialog>
  );
}
