import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';
import type { Device } from '../../contract';
import type { CallError } from './call';
import { reconcileDevices } from './reconcileDevices';
import { useQuery } from './useQuery';
import { useRevision } from './useRevision';

export interface Devices {
  /** Null until the first answer. */
  readonly devices: readonly Device[] | null;
  readonly byId: ReadonlyMap<string, Device>;
  readonly error: CallError | null;
  readonly loading: boolean;
  readonly refetch: () => void;
}

export const DevicesContext = createContext<Devices | null>(null);

/** Holds the list of cameras for all screens; it is fetched anew whenever anybody changed it. */
export function DevicesProvider({ children }: { readonly children: ReactNode }) {
  const { data, error, loading, refetch } = useQuery('devices.list', {}, reconcileDevices);
  useRevision('devices.revision', refetch);
  const value = useMemo(
    () => ({
      devices: data?.devices ?? null,
      byId: new Map((data?.devices ?? []).map((device) => [device.id, device])),
      error,
      loading,
      refetch,
    }),
    [data, error, loading, refetch],
  );
  return <DevicesContext value={value}>{children}</DevicesContext>;
}

export function useDevices(): Devices {
  const devices = useContext(DevicesContext);
  if (devices === null) throw new Error('DevicesProvider is missing');
  return devices;
}
