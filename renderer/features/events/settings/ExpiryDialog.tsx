import { plural, t } from '../../../strings';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { momentText } from '../../../ui/timeText';
import { numberText } from '../numberText';

export interface ExpiryDialogProps {
  readonly count: number;
  /** Events before this instant go. */
  readonly before: string;
  /** From now on events of that age go by themselves. */
  readonly isRule: boolean;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before old events are removed, and says how many. */
export function ExpiryDialog(props: ExpiryDialogProps) {
  const { count, before, isRule, isBusy, onConfirm, onCancel } = props;
  const at = Date.parse(before);
  return (
    <ConfirmDialog
      title={
        count === 1
          ? plural('settings.expiryTitle', 1)
          : t('settings.expiryTitle.other', { count: numberText(count) })
      }
      action={t(isRule ? 'settings.expiryConfirmRule' : 'settings.expiryConfirm')}
      look="danger"
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>{t('settings.expiryText', { time: momentText(at) })}</p>
      {isRule ? <p>{t('settings.expiryTextRule')}</p> : null}
    </ConfirmDialog>
  );
}
