import { useAlerts } from '../../data/AlertsProvider';
import { ariaKeys } from '../../keys/keyText';
import { useKeys } from '../../keys/useAction';
import { plural, t } from '../../strings';
import { BellIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { listsOf } from './alertLists';
import { useAlertPlace } from './AlertPlace';

/** How many alerts wait; shows and hides their panel. */
export function AlertsButton() {
  const { open, over, known } = listsOf(useAlerts());
  const { isOpen, toggle } = useAlertPlace();
  const keys = useKeys('alerts.panel');
  const waiting = open.length + over.length;
  const state = open.length > 0 ? 'open' : known.length + over.length > 0 ? 'known' : 'none';
  return (
    <IconButton
      className={`alerts-button alerts-button-${state}`}
      label={waiting === 0 ? t('alerts.button') : plural('alerts.buttonCount', waiting)}
      aria-expanded={isOpen}
      data-testid="alerts-button"
      {...(keys.length === 0 ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })}
      onPress={toggle}
    >
      <BellIcon size={18} />
      {waiting + known.length === 0 ? null : (
        <span className="alerts-count numeric">{waiting + known.length}</span>
      )}
    </IconButton>
  );
}
