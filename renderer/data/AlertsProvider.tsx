import type { ReactNode } from 'react';
import { createContext, useContext, useState } from 'react';
import type { ResponseOf } from '../../contract';
import { useSubscription } from './useSubscription';

type Alerts = ResponseOf<'alerts.active'>['alerts'];

const AlertsContext = createContext<Alerts | null>(null);

/** Subscribes once to the alerts that last or that nobody has acknowledged, most urgent first. */
export function AlertsProvider({ children }: { readonly children: ReactNode }) {
  const [value, setValue] = useState<ResponseOf<'alerts.active'>>({ alerts: [] });
  useSubscription('alerts.active', {}, setValue);
  return <AlertsContext value={value.alerts}>{children}</AlertsContext>;
}

export function useAlerts(): Alerts {
  const alerts = useContext(AlertsContext);
  if (alerts === null) throw new Error('AlertsProvider is missing');
  return alerts;
}
