import type { ReactNode } from 'react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/TextInput';
import type { NewPassword } from './NewPasswordFields';
import { NewPasswordFields, NO_PASSWORD, problemOf } from './NewPasswordFields';

export interface AdministratorFormProps {
  readonly isBusy: boolean;
  readonly failure: ReactNode;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly onSubmit: (name: string, password: string) => void;
}

/** Name and password of the first administrator. */
export function AdministratorForm({ isBusy, failure, cancel, onCancel, onSubmit }: AdministratorFormProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState<NewPassword>(NO_PASSWORD);
  const [tried, setTried] = useState(false);
  return (
    <Form
      className="entrance-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isBusy && name.trim() !== '' && problemOf(password) === null) onSubmit(name, password.first);
      }}
    >
      <TextInput
        label={t('signIn.name')}
        name="name"
        value={name}
        onChange={setName}
        autoFocus
        error={tried && name.trim() === '' ? t('firstRun.nameMissing') : null}
      />
      <NewPasswordFields value={password} onChange={setPassword} isChecked={tried} />
      {failure}
      <div className="entrance-buttons">
        <Button onPress={onCancel}>{cancel}</Button>
        <Button look="primary" type="submit" isPending={isBusy}>
          {t('firstRun.create')}
        </Button>
      </div>
    </Form>
  );
}
