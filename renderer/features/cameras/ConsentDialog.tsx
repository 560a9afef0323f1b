import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Notice } from '../../ui/Notice';

export interface ConsentDialogProps {
  readonly isBusy: boolean;
  readonly onAgree: () => void;
  readonly onCancel: () => void;
}

/** Asks whether passwords may be kept although this computer has no key store (anchors F2). */
export function ConsentDialog({ isBusy, onAgree, onCancel }: ConsentDialogProps) {
  const { data } = useQuery('secrets.status', {});
  return (
    <ConfirmDialog
      title={t('consent.title')}
      action={t('consent.agree')}
      isBusy={isBusy}
      onConfirm={onAgree}
      onCancel={onCancel}
    >
      <p>{t('consent.what')}</p>
      <Notice tone="warn">
        <p>{t('consent.risk')}</p>
      </Notice>
      <p>{t('consent.instead')}</p>
      {data === null ? null : (
        <p className="consent-backend">{t('consent.backend', { backend: data.backend })}</p>
      )}
    </ConfirmDialog>
  );
}
