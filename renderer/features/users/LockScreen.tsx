import { t } from '../../strings';
import { Entrance } from './Entrance';
import { UnlockForm } from './UnlockForm';

/** The locked session where nothing stays in sight. */
export function LockScreen({ name }: { readonly name: string }) {
  return (
    <Entrance title={t('lock.title')} text={t('lock.text', { name })}>
      <UnlockForm />
    </Entrance>
  );
}
