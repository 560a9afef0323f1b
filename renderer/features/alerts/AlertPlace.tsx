import { createContext, useContext } from 'react';

/** Whether the panel of alerts stands beside the screen, and how to show or hide it. */
export interface AlertPlace {
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

export const AlertPlaceContext = createContext<AlertPlace | null>(null);

export function useAlertPlace(): AlertPlace {
  const place = useContext(AlertPlaceContext);
  if (place === null) throw new Error('AlertPlaceContext is missing');
  return place;
}
