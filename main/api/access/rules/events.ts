import { VasError } from '../../../base/errors';
import { allowed, configure, sees, user } from './shared';
import type { Rules } from './types';

/** What the AI saw. */
export const eventRules = {
  'ai-events.get': {
    ...user,
    filter: (value, operator) => {
      if (sees(operator, value.camera_id)) return value;
      throw new VasError('not_found', 'There is no such event.', { details: { id: value.id } });
    },
  },
  'ai-events.list': {
    ...user,
    cameras: ({ camera_id }) => [camera_id],
    narrow: (request, operator) => ({
      ...request,
      camera_ids: allowed(operator, request.camera_ids),
    }),
  },
  'ai-events.listForCamera': { ...user, cameras: ({ camera_id }) => [camera_id] },
  'ai-events.names': {
    ...user,
    narrow: (request, operator) => ({ camera_ids: allowed(operator, request.camera_ids) }),
  },
  'ai-events.spans': {
    ...user,
    narrow: (request, operator) => ({
      ...request,
      filter: { ...request.filter, camera_ids: allowed(operator, request.filter.camera_ids) },
    }),
  },
  'ai-events.stored': {
    ...user,
    filter: ({ events }, operator) => ({
      events: events.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
  'ai-events.review': {
    needs: 'events.review',
    cameras: ({ ids }, find) => Promise.all(ids.map((id) => find.event(id))),
    audit: false,
  },
  'ai-events.export': {
    needs: 'export',
    cameras: ({ filter }) => filter.camera_ids ?? [],
    narrow: (request, operator) => ({
      ...request,
      filter: { ...request.filter, camera_ids: allowed(operator, request.filter.camera_ids, 'export') },
    }),
    audit: ({ filter, format }, started) =>
      started?.id === null
        ? null
        : { object: { kind: 'event-export', id: started?.id ?? null }, detail: { format, filter } },
  },
  'ai-events.cancel-export': { needs: 'export', audit: false },
  'ai-events.exports': { needs: 'export' },
  'ai-events.triggers': user,
  'ai-events.set-triggers': { ...configure, audit: (request) => ({ detail: { ...request } }) },

  'ai-events.store': user,
  'ai-events.start-store': { ...configure, audit: (_request, answer) => ({ detail: { ...answer } }) },
  'ai-events.expiry': user,
  'ai-events.preview-expiry': configure,
  'ai-events.expire': { ...configure, audit: (request) => ({ detail: { ...request } }) },
  'ai-events.cancel-expiry': configure,
} satisfies Partial<Rules>;
