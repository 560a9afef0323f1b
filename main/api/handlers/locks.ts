import type { LockTarget } from '../../../contract/locks';
import { usFromIso } from '../../kernel/media/instants';
import type { LockedSpan } from '../../kernel/recording/locks/footageLocks';
import type { HandlerContext, HandlersFor } from './context';

export function lockHandlers({ kernel, events }: HandlerContext): HandlersFor<'locks'> {
  const { locks, bookmarks } = kernel;

  /** @throws VasError not_found for an event or bookmark that does not exist */
  async function spanOf(target: LockTarget): Promise<LockedSpan> {
    switch (target.kind) {
      case 'range':
        return {
          ...{ source: 'range', sourceId: null, cameraIds: target.device_ids },
          ...{ startUs: usFromIso(target.start), endUs: usFromIso(target.end) },
        };
      case 'event': {
        const event = await (await events.active()).queries.get(target.event_id);
        const atUs = usFromIso(event.timestamp);
        return {
          ...{ source: 'event', sourceId: event.id, cameraIds: [event.camera_id] },
          startUs: Math.round(atUs - target.before_seconds * 1e6),
          endUs: Math.round(atUs + target.after_seconds * 1e6),
        };
      }
      case 'bookmark': {
        const bookmark = await bookmarks.get(target.bookmark_id);
        return {
          ...{ source: 'bookmark', sourceId: bookmark.id, cameraIds: [bookmark.device_id] },
          startUs: usFromIso(bookmark.start_timestamp),
          endUs: usFromIso(bookmark.end_timestamp),
        };
      }
    }
  }

  return {
    'locks.create': async ({ target, reason, until }) => locks.create(await spanOf(target), reason, until),
    'locks.list': (request) => locks.list(request),
    'locks.extend': (request) => locks.extend(request),
    'locks.release': ({ id }) => locks.release(id),
  };
}
