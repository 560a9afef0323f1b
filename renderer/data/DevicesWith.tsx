import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { DevicesContext, useDevices } from './DevicesProvider';
import type { CameraRight } from './SessionProvider';
import { useMayCamera } from './SessionProvider';

export interface DevicesWithProps {
  readonly right: CameraRight;
  readonly children: ReactNode;
}

/** Below it there are only the cameras with which the user may do this: nothing is offered that would be refused. */
export function DevicesWith({ right, children }: DevicesWithProps) {
  const all = useDevices();
  const may = useMayCamera(right);
  const value = useMemo(() => {
    if (all.devices === null || all.devices.every(({ id }) => may(id))) return all;
    const devices = all.devices.filter(({ id }) => may(id));
    return { ...all, devices, byId: new Map(devices.map((device) => [device.id, device])) };
  }, [all, may]);
  return <DevicesContext value={value}>{children}</DevicesContext>;
}
