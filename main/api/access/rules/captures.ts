import { pagesOf } from '../pages';
import { allowed, camerasOf, user } from './shared';
import type { Rules } from './types';

/** Snapshots and bookmarks. */
export const captureRules = {
  'snapshots.capture-live': {
    needs: 'capture.create',
    cameras: ({ device_id }) => [device_id],
    cameraRight: 'live',
    audit: (_request, made) => ({ object: { kind: 'snapshot', id: made?.id ?? null } }),
  },
  'snapshots.capture-historical': {
    needs: 'capture.create',
    cameras: ({ device_id }) => [device_id],
    cameraRight: 'playback',
    audit: ({ timestamp }, made) => ({
      object: { kind: 'snapshot', id: made?.id ?? null },
      detail: { timestamp },
    }),
  },
  'snapshots.list': {
    ...user,
    ...pagesOf('snapshots', (row: { device_id: string }) => row.device_id, 'count'),
  },
  'snapshots.get': { ...user, cameras: async ({ id }, find) => [await find.snapshot(id)] },
  'snapshots.delete': {
    needs: 'capture.change',
    cameras: async ({ id }, find) => [await find.snapshot(id)],
    audit: ({ id }) => ({ object: { kind: 'snapshot', id } }),
  },
  'bookmarks.capture-live': {
    needs: 'capture.create',
    cameras: ({ device_id }) => [device_id],
    cameraRight: 'playback',
    audit: ({ duration }, made) => ({
      object: { kind: 'bookmark', id: made?.id ?? null },
      detail: { seconds: duration },
    }),
  },
  'bookmarks.capture-historical': {
    needs: 'capture.create',
    cameras: ({ device_id }) => [device_id],
    cameraRight: 'playback',
    audit: ({ duration, center_timestamp }, made) => ({
      object: { kind: 'bookmark', id: made?.id ?? null },
      detail: { seconds: duration, timestamp: center_timestamp },
    }),
  },
  'bookmarks.list': { ...user, ...pagesOf('bookmarks', (row: { device_id: string }) => row.device_id) },
  'bookmarks.get': { ...user, cameras: async ({ id }, find) => [await find.bookmark(id)] },
  'bookmarks.update': {
    needs: 'capture.change',
    cameras: async ({ id }, find) => [await find.bookmark(id)],
    audit: ({ id, label }) => ({ object: { kind: 'bookmark', id }, detail: { label } }),
  },
  'bookmarks.delete': {
    needs: 'capture.change',
    cameras: async ({ id }, find) => [await find.bookmark(id)],
    audit: ({ id }) => ({ object: { kind: 'bookmark', id } }),
  },

  'captures.revision': user,
  'captures.list': {
    ...user,
    narrow: (request, operator) => ({
      ...request,
      // Whose recordings somebody may not see, of those the gallery has neither picture nor clip to show.
      filter: { ...request.filter, device_ids: allowed(operator, request.filter.device_ids, 'playback') },
    }),
  },
  'captures.get': { ...user, cameras: (one, find) => camerasOf([one], find) },
  'captures.tags': {
    ...user,
    narrow: ({ device_ids }, operator) => ({ device_ids: allowed(operator, device_ids) }),
  },
  'captures.update': {
    needs: 'capture.change',
    cameras: (one, find) => camerasOf([one], find),
    audit: ({ kind, id, ...changed }) => ({ object: { kind, id }, detail: { ...changed } }),
  },
  'captures.delete': {
    needs: 'capture.change',
    cameras: ({ items }, find) => camerasOf(items, find),
    audit: ({ items }, done) => ({ detail: { items: done?.deleted ?? items, failed: done?.failed.length } }),
  },
  'captures.save': {
    needs: 'export',
    cameras: ({ items }, find) => camerasOf(items, find),
    cameraRight: 'export',
    audit: ({ items }, done) =>
      done?.saved === null ? null : { detail: { items, path: done?.saved?.path, files: done?.saved?.files } },
  },
} satisfies Partial<Rules>;
