import { allowed, configure, sees, user } from './shared';
import type { Rules } from './types';

/** The archive, its locks and folders. */
export const recordingRules = {
  'recordings.outlook': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      cameras: value.cameras.filter(({ device_id }) => sees(operator, device_id)),
    }),
  },
  'recordings.dates': { needs: 'playback.watch', cameras: ({ device_id }) => [device_id] },
  'recordings.segments': { needs: 'playback.watch', cameras: ({ device_id }) => [device_id] },

  'archive.check': { ...configure, audit: (request) => ({ detail: { ...request } }) },
  'archive.cancel-check': configure,
  'archive.check-state': configure,

  'locks.create': {
    needs: 'lock',
    cameraRight: 'playback',
    cameras: async ({ target }, find) => {
      if (target.kind === 'range') return target.device_ids;
      return [
        await (target.kind === 'event' ? find.event(target.event_id) : find.bookmark(target.bookmark_id)),
      ];
    },
    audit: ({ reason, until }, made) => ({
      object: { kind: 'lock', id: made?.id ?? null },
      detail: { reason, until, ...(made ? { start: made.start, end: made.end, source: made.source } : {}) },
    }),
  },
  'locks.list': {
    ...user,
    cameras: ({ device_ids }) => device_ids ?? [],
    narrow: (request, operator) => ({ ...request, device_ids: allowed(operator, request.device_ids) }),
    filter: (value, operator) => ({
      ...value,
      locks: value.locks.map((lock) => ({
        ...lock,
        device_ids: lock.device_ids.filter((id) => sees(operator, id)),
      })),
    }),
  },
  'locks.extend': {
    needs: 'lock',
    cameras: ({ id }, find) => find.lock(id),
    audit: ({ id, until }) => ({ object: { kind: 'lock', id }, detail: { until } }),
  },
  'locks.release': {
    needs: 'lock',
    cameras: ({ id }, find) => find.lock(id),
    audit: ({ id }, done) => ({
      object: { kind: 'lock', id },
      detail: done === null ? {} : { reason: done.reason, start: done.start, end: done.end },
    }),
  },

  'storage.list': user,
  'storage.choose': { ...configure, audit: false },
  'storage.use': configure,
  'storage.forget': {
    ...configure,
    audit: ({ folder_id }) => ({ object: { kind: 'storage-folder', id: folder_id } }),
  },
  'storage.give-up': {
    needs: 'archive.delete',
    audit: ({ folder_id }, done) => ({
      object: { kind: 'storage-folder', id: folder_id },
      detail: done === null ? {} : { name: done.path, segments: done.segments, bytes: done.bytes },
    }),
  },
  'storage.allow-deletion': {
    needs: 'archive.delete',
    audit: (_request, done) => ({ detail: done === null ? {} : { ...done } }),
  },
  'storage.preview-retention': { needs: 'configure' },
} satisfies Partial<Rules>;
