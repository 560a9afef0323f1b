import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { FailureNotice } from '../../ui/FailureNotice';
import { askAgain } from './lastUser';
import { SecretInput } from '../../ui/SecretInput';

/** The password of who locked it, or somebody else signs in. */
export function UnlockForm() {
  const [password, setPassword] = useState('');
  const unlock = useCommand('session.unlock');
  const leave = useCommand('session.sign-out');
  const submit = async () => {
    if ((await unlock.run({ password })).ok) return;
    setPassword('');
    askAgain();
  };
  return (
    <Form
      className="entrance-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!unlock.running) void submit();
      }}
    >
      <SecretInput
        label={t('signIn.password')}
        name="password"
        value={password}
        onChange={setPassword}
        autoFocus
      />
      <FailureNotice title={t('lock.failed')} error={unlock.error} />
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
