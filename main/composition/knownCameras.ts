import type { DisposableStore } from '../base/disposable';
import type { CameraService } from '../kernel/cameras/service';

/** Ids of the cameras that exist, kept up to date as they change. */
export async function knownCameras(
  cameras: Pick<CameraService, 'list' | 'onChanged'>,
  owned: DisposableStore,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const read = async (): Promise<void> => {
    const { devices } = await cameras.list({ skip: 0, limit: 10_000 });
    ids.clear();
    for (const device of devices) ids.add(device.id);
  };
  owned.add(cameras.onChanged(() => void read().catch(() => undefined)));
  await read();
  return ids;
}
