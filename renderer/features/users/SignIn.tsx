import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { FailureNotice } from '../../ui/FailureNotice';
import { TextInput } from '../../ui/TextInput';
import { Entrance } from './Entrance';
import { askAgain, lastUser } from './lastUser';
import { SecretInput } from '../../ui/SecretInput';

/** Name and password. */
export function SignIn() {
  const [name, setName] = useState(lastUser.read);
  const [password, setPassword] = useState('');
  const { run, running, error } = useCommand('session.sign-in');
  const submit = async () => {
    const entered = await run({ name, password });
    if (entered.ok) return lastUser.remember(name);
    setPassword('');
    askAgain();
  };
  return (
    <Entrance title={t('signIn.title')}>
      <Form
        className="entrance-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!running) void submit();
        }}
      >
        <TextInput
          label={t('signIn.name')}
          name="name"
          value={name}
          onChange={setName}
          autoFocus={name === ''}
        />
        <SecretInput
          label={t('signIn.password')}
          name="password"
          value={password}
          onChange={setPassword}
          autoFocus={name !== ''}
        />
        <FailureNotice title={t('signIn.failed')} error={error} />
        <Button look="primary" type="submit" isPending={running}>
          {t('signIn.action')}
        </Button>
      </Form>
      <p className="entrance-note">{t('signIn.recording')}</p>
    </Entrance>
  );
}
