import type { Alert } from '../../../contract';
import { mendedInForm } from '../../data/faultText';
import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons';
import { momentBeside } from '../../ui/timeText';
import { useNavigation } from '../shell/Navigation';
import { alertAdvice, alertTitle, periodText, toneOf } from './alertText';

export interface AlertItemProps {
  readonly alert: Alert;
  readonly onAcknowledge: (id: string) => void;
}

/** One alert of the panel: what, when, what to do. */
export function AlertItem({ alert, onAcknowledge }: AlertItemProps) {
  const now = useNowSeconds() * 1000;
  const { open } = useNavigation();
  const { id, camera_id: cameraId, acknowledged_at: knownAt } = alert;
  const Icon = !alert.is_active ? CheckIcon : alert.severity === 'urgent' ? ErrorIcon : WarningIcon;
  const isMendable = alert.detail.fault !== undefined && mendedInForm(alert.detail.fault);
  return (
    <li
      className={`alert-item alert-item-${alert.is_active ? toneOf(alert) : 'over'}`}
      data-testid="alert-item"
      data-kind={alert.kind}
    >
      <Icon size={18} className="alert-icon" />
      <div className="alert-item-words">
        <p className="alert-item-title">{alertTitle(alert)}</p>
        <p className="alert-item-time numeric">{periodText(alert, now)}</p>
        {alert.is_active ? <p className="alert-item-advice">{alertAdvice(alert)}</p> : null}
        {knownAt === null ? null : (
          <p className="alert-item-time">
            {t('alerts.acknowledgedBy', {
              time: momentBeside(Date.parse(knownAt), now),
              name: alert.acknowledged_by ?? '',
            })}
          </p>
        )}
        <div className="alert-item-actions">
          {knownAt === null ? (
            <Button
              needs="alerts.acknowledge"
              data-acknowledge="true"
              aria-label={t('alerts.acknowledgeOne', { title: alertTitle(alert) })}
              onPress={() => onAcknowledge(id)}
            >
              {t('alerts.acknowledge')}
            </Button>
          ) : null}
          {alert.is_active && isMendable && cameraId !== null ? (
            <Button
              needs="cameras.configure"
              look="quiet"
              onPress={() => open('cameras', { editCameraId: cameraId })}
            >
              {t('alerts.edit')}
            </Button>
          ) : null}
        </div>
      </div>
    </li>
  );
}
