import type { Disposable } from '../base/disposable';

interface Cameras {
  onChanged(listener: (cameraId: string) => void): Disposable;
}

type Push = (value: { revision: number }) => void;

export interface DeviceRevisions extends Disposable {
  /** Pushes the present revision at once and each new one; returns how to stop. */
  subscribe(push: Push): () => void;
}

/** Tells every window that the list of cameras is another one, whoever changed it. */
export function createDeviceRevisions(cameras: Cameras): DeviceRevisions {
  const listeners = new Set<Push>();
  let revision = 0;
  const changes = cameras.onChanged(() => {
    revision++;
    for (const push of [...listeners]) push({ revision });
  });
  return {
    subscribe(push) {
      listeners.add(push);
      push({ revision });
      return () => void listeners.delete(push);
    },
    async dispose() {
      listeners.clear();
      await changes.dispose();
    },
  };
}
