import { usFromIso } from '../../kernel/media/instants';
import { alertShape } from '../alertFeed';
import type { HandlerContext, HandlersFor } from './context';

export function alertHandlers({ alerts }: HandlerContext): HandlersFor<'alerts'> {
  return {
    'alerts.history': async ({ kinds, camera_id, from, to, unacknowledged, cursor, limit }) => {
      const [beforeUs, beforeId] = cursor?.split('_') ?? [];
      const records = await alerts.history({
        // One more than asked for tells whether there is a next page.
        limit: limit + 1,
        ...(kinds === undefined ? {} : { kinds }),
        ...(camera_id === undefined ? {} : { deviceId: camera_id }),
        ...(from === undefined ? {} : { fromUs: usFromIso(from) }),
        ...(to === undefined ? {} : { toUs: usFromIso(to) }),
        ...(unacknowledged === undefined ? {} : { unacknowledged }),
        ...(beforeUs === undefined || beforeId === undefined
          ? {}
          : { before: { raisedUs: Number(beforeUs), id: beforeId } }),
      });
      const page = records.slice(0, limit);
      const last = page.at(-1);
      return {
        alerts: page.map((record) => alertShape(record, alerts)),
        next_cursor: records.length > limit && last ? `${String(last.raisedUs)}_${last.id}` : null,
      };
    },
    'alerts.acknowledge': async ({ ids }) => ({ acknowledged: await alerts.acknowledge(ids) }),
  };
}
