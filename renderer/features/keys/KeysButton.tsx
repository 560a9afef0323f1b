import { useCallback, useState } from 'react';
import { Button } from 'react-aria-components';
import { ariaKeys } from '../../keys/keyText';
import { useAction, useKeys } from '../../keys/useAction';
import { t } from '../../strings';
import { KeyboardIcon } from '../../ui/icons';
import { KeySheet } from './KeySheet';

/** Opens the sheet of keys, from the rail or by its own key. */
export function KeysButton() {
  const [isOpen, setOpen] = useState(false);
  useAction('application.keys', () => setOpen(true));
  const keys = useKeys('application.keys');
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <Button
        className="rail-item"
        onPress={() => setOpen(true)}
        {...(keys.length === 0 ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })}
      >
        <KeyboardIcon size={22} />
        {t('keys.rail')}
      </Button>
      {isOpen ? <KeySheet onClose={close} /> : null}
    </>
  );
}
