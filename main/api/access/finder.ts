import type { Alerts } from '../../health/alerts/alerts';
import type { Events } from '../../events/events';
import type { Evidence } from '../../evidence/evidence';
import type { Store } from '../../store/types';
import type { CameraFinder } from './rule';

/** Looks up whose camera a thing is; null for things that do not exist, which their handlers say. */
export function cameraFinder(
  store: Store,
  events: Pick<Events, 'active'>,
  alerts: Alerts,
  evidence: Pick<Evidence, 'camerasOf'>,
): CameraFinder {
  const orNull = <T>(work: Promise<T | null>): Promise<T | null> => work.catch(() => null);
  return {
    snapshot: async (id) => (await store.read.getSnapshot(id))?.deviceId ?? null,
    bookmark: async (id) => (await store.read.getBookmark(id))?.deviceId ?? null,
    event: (id) => orNull(events.active().then(async ({ queries }) => (await queries.get(id)).camera_id)),
    lock: async (id) => (await store.read.getFootageLock(id))?.cameraIds ?? [],
    evidence: (id) => Promise.resolve(evidence.camerasOf(id)),
    alert: (id) => Promise.resolve(alerts.current().find((alert) => alert.id === id)?.cameraId ?? null),
  };
}
