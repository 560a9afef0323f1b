import type { Alert } from '../../../contract';
import { alertTitle } from './alertText';

/**
 * Reads the most urgent alert to users of a screen reader: at once when pictures or footage are being lost,
 * otherwise when they pause. Only its title: it is said again when another one takes its place.
 */
export function AlertAnnouncer({ alert }: { readonly alert: Alert | null }) {
  const isUrgent = alert?.severity === 'urgent';
  return (
    <>
      <p className="visually-hidden" role="alert">
        {alert !== null && isUrgent ? alertTitle(alert) : ''}
      </p>
      <p className="visually-hidden" role="status">
        {alert !== null && !isUrgent ? alertTitle(alert) : ''}
      </p>
    </>
  );
}
