import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { PasswordInput } from './PasswordInput';

/** The password of who locked it, or somebody else signs in. */
export function UnlockForm() {
  const [password, setPassword] = useState('');
  const unlock = useCommand('session.unlock');
  const leave = useCommand('session.sign-out');
  const submit = async () => {
    if (!(await unlock.run({ password })).ok) setPassword('');
  };
  return (
    <Form
      className="entrance-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!unlock.running) void submit();
      }}
    >
      <PasswordInput
        label={t('signIn.password')}
        name="password"
        value={password}
        onChange={setPassword}
        autoFocus
      />
      {unlock.error === null ? null : (
        <Notice tone="bad" live="alert" title={t('lock.failed')}>
          {unlock.error.message}
        </Notice>
      )}
      <div className="entrance-buttons">
        <Button isPending={leave.running} onPress={() => void leave.run({})}>
          {t('lock.switch')}
        </Button>
        <Button look="primary" type="submit" isPending={unlock.running}>
          {t('lock.unlock')}
        </Button>
      </div>
    </Form>
  );
}
