import type { CaptureItem, ChannelName, RequestOf, ResponseOf } from '../../../contract';
import { HEALTH_METRICS } from '../../../contract/health';
import { VasError } from '../../base/errors';
import type { Operator } from '../../users/operator';
import { pagesOf } from './pages';
import type { CameraFinder, Rule } from './rule';

/**
 * What each channel needs. A channel without an entry does not compile, and a test names it. Refusals and
 * commands are written to the audit log by themselves; `audit` adds what they were about.
 */
export type Rules = { readonly [N in ChannelName]: Rule<RequestOf<N>, ResponseOf<N>> };

const anyone = { needs: 'anyone', audit: false } as const;
/** Reads that show nothing of cameras, and what concerns the own windows only. */
const user = { needs: 'user', audit: false } as const;
const configure = { needs: 'configure' } as const;

type ById = { readonly id: string };
const aboutDevice = { needs: 'cameras.configure', cameras: (request: ById) => [request.id] } as const;
const group = {
  needs: 'cameras.configure',
  audit: (request: ById) => ({ object: { kind: 'group', id: request.id } }),
} as const;
const groupMembers = {
  ...group,
  cameras: (request: { readonly camera_ids: readonly string[] }) => request.camera_ids,
} as const;
const layout = {
  needs: 'layouts.edit',
  audit: (request: ById & { name?: string | undefined }) => ({
    object: { kind: 'layout', id: request.id },
    detail: request.name === undefined ? {} : { name: request.name },
  }),
} as const;
const assignment = {
  needs: 'configure',
  audit: (request: ById) => ({ object: { kind: 'assignment', id: request.id } }),
} as const;

const account = {
  needs: 'users.manage',
  audit: (request: ById) => ({ object: { kind: 'user', id: request.id } }),
} as const;

const sees = (operator: Operator, cameraId: string | null) =>
  cameraId === null || operator.mayCamera(cameraId, 'any');

/** Cameras of a request that may be seen; of an open request all that may be. Never an empty list: that is all. */
function allowed(
  operator: Operator,
  wanted: readonly string[] | undefined,
  right: 'any' | 'export' | 'live' = 'any',
): string[] {
  const may = operator.camerasWith(right) ?? [];
  const both = wanted === undefined ? [...may] : wanted.filter((id) => operator.mayCamera(id, right));
  return both.length > 0 ? both : ['00000000-0000-0000-0000-000000000000'];
}

/** Cameras of captures, each once. */
async function camerasOf(items: readonly CaptureItem[], find: CameraFinder): Promise<(string | null)[]> {
  const ids = await Promise.all(items.map(({ kind, id }) => find[kind](id)));
  return [...new Set(ids)];
}

const settingsOfEverybody = new Set(['theme', 'language', 'clock', 'background_explained']);

export const rules: Rules = {
  'devices.revision': user,
  'devices.list': { ...user, ...pagesOf('devices', ({ id }: ById) => id) },
  'devices.get': { ...user, cameras: ({ id }) => [id] },
  'devices.last-fault': { ...user, cameras: ({ id }) => [id] },
  'devices.create': {
    needs: 'cameras.configure',
    audit: ({ name }, made) => ({ object: { kind: 'camera', id: made?.id ?? null }, detail: { name } }),
  },
  'devices.create-many': {
    needs: 'cameras.configure',
    audit: ({ cameras }) => ({ detail: { names: cameras.map(({ name }) => name) } }),
  },
  'devices.save-template': { needs: 'cameras.configure', audit: false },
  'devices.bulk': {
    needs: 'cameras.configure',
    cameras: ({ ids }) => ids,
    audit: ({ action }) => ({ detail: { action } }),
  },
  'devices.update': {
    ...aboutDevice,
    audit: ({ id, ...changed }) => ({
      object: { kind: 'camera', id },
      detail: { changed: Object.keys(changed) },
    }),
  },
  'devices.delete': aboutDevice,
  'devices.validate': { needs: 'cameras.configure', cameras: ({ id }) => [id], audit: false },
  'devices.start-stream': aboutDevice,
  'devices.stop-stream': aboutDevice,

  'groups.list': {
    ...user,
    filter: ({ groups }, operator) => ({
      groups: groups
        .map((one) => ({ ...one, camera_ids: one.camera_ids.filter((id) => sees(operator, id)) }))
        .filter(({ camera_ids }) => camera_ids.length > 0),
    }),
  },
  'groups.create': {
    needs: 'cameras.configure',
    cameras: ({ camera_ids }) => camera_ids,
    audit: ({ name }, made) => ({ object: { kind: 'group', id: made?.id ?? null }, detail: { name } }),
  },
  'groups.rename': {
    ...group,
    audit: ({ id, name }) => ({ object: { kind: 'group', id }, detail: { name } }),
  },
  'groups.delete': group,
  'groups.set-members': groupMembers,
  'groups.add-members': groupMembers,
  'groups.remove-members': groupMembers,

  // Who watched is written from what is open (main/audit/watching.ts), not from the calls.
  'live.capabilities': user,
  'live.open-transport': { needs: 'live.watch', audit: false },
  'live.connect-transport': { needs: 'live.watch', audit: false },
  'live.close-transport': user,
  'live.consume': { needs: 'live.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.resume-consumer': { needs: 'live.watch', audit: false },
  'live.close-consumer': user,
  'live.open-replay': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.open-footage': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.close-replay': user,
  'playback.timeline': { needs: 'playback.watch', cameras: ({ camera_ids }) => camera_ids },
  'playback.bounds': { needs: 'playback.watch', cameras: ({ camera_ids }) => camera_ids },
  'playback.gap': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'playback.frame': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'playback.open': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'playback.close': user,
  'streams.states': {
    ...user,
    filter: ({ streams }, operator) => ({
      streams: streams.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
  detections: {
    needs: 'live.watch',
    narrow: (request, operator) => ({
      camera_ids: request.camera_ids.filter((id) => operator.mayCamera(id, 'live')),
    }),
  },

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

  'captures.list': {
    ...user,
    narrow: (request, operator) => ({
      ...request,
      filter: { ...request.filter, device_ids: allowed(operator, request.filter.device_ids) },
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

  'layouts.revision': user,
  'layouts.list': {
    ...user,
    filter: ({ layouts }, operator) => ({
      layouts: layouts.map((one) => ({
        ...one,
        content: {
          ...one.content,
          tiles: one.content.tiles.map((tile) =>
            sees(operator, tile.device_id) ? tile : { ...tile, device_id: null },
          ),
        },
      })),
    }),
  },
  'layouts.create': {
    needs: 'layouts.edit',
    audit: ({ name }, made) => ({ object: { kind: 'layout', id: made?.id ?? null }, detail: { name } }),
  },
  'layouts.update': layout,
  'layouts.delete': layout,
  'layouts.reorder': { needs: 'layouts.edit', audit: () => ({}) },

  'windows.state': anyone,
  'windows.requests': anyone,
  'windows.open-wall': user,
  'windows.close': user,
  'windows.set-full-screen': anyone,
  'windows.show-main': anyone,

  'recordings.outlook': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      cameras: value.cameras.filter(({ device_id }) => sees(operator, device_id)),
    }),
  },
  'recordings.dates': { needs: 'playback.watch', cameras: ({ device_id }) => [device_id] },
  'motion.list': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'motion.search': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
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

  // Colours, language and clock are needed before anybody has signed in.
  'settings.get': anyone,
  'settings.changed': anyone,
  'settings.update': {
    needs: (request) =>
      Object.keys(request).every((name) => settingsOfEverybody.has(name)) ? 'user' : 'configure',
    audit: (request) =>
      Object.keys(request).every((name) => settingsOfEverybody.has(name)) ? null : { detail: { ...request } },
  },
  'preferences.get': user,
  'preferences.set': user,
  'preferences.changes': user,

  'alerts.active': {
    ...user,
    filter: ({ alerts }, operator) => ({ alerts: alertsFor(alerts, operator) }),
  },
  'alerts.history': {
    ...user,
    cameras: ({ camera_id }) => [camera_id],
    filter: (value, operator) => ({ ...value, alerts: alertsFor(value.alerts, operator) }),
  },
  'alerts.acknowledge': {
    needs: 'alerts.acknowledge',
    cameras: ({ ids }, find) => Promise.all(ids.map((id) => find.alert(id))),
    audit: ({ ids }) => ({ detail: { alerts: ids } }),
  },

  'ai-models.list': user,
  'ai-models.get': user,
  'ai-models.set-enabled': {
    ...configure,
    audit: ({ model_id, enabled }) => ({ object: { kind: 'model', id: model_id }, detail: { enabled } }),
  },
  'ai-model-assignments.list': {
    ...user,
    cameras: ({ camera_id }) => [camera_id],
    filter: (value, operator) => ({
      ...value,
      assignments: value.assignments.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
  'ai-model-assignments.get': {
    ...user,
    filter: (value, operator) => {
      if (sees(operator, value.camera_id)) return value;
      throw new VasError('not_found', 'There is no such assignment.');
    },
  },
  'ai-model-assignments.create': {
    needs: 'configure',
    cameras: ({ camera_id }) => [camera_id],
    audit: ({ model_id }, made) => ({
      object: { kind: 'assignment', id: made?.id ?? null },
      detail: { model: model_id },
    }),
  },
  'ai-model-assignments.update': assignment,
  'ai-model-assignments.delete': assignment,

  'model-containers.list': user,
  'model-containers.changed': user,
  'model-containers.choose-folder': { ...configure, audit: false },
  'model-containers.import': {
    ...configure,
    audit: ({ accept_program }, done) => ({
      object: { kind: 'model', id: done?.model_id ?? null },
      detail: { program_accepted: accept_program },
    }),
  },
  'model-containers.restart': {
    ...configure,
    audit: ({ model_id }) => ({ object: { kind: 'model', id: model_id } }),
  },

  // Nothing is kept or changed, so nothing is audited; a camera's picture needs the right to see it live.
  'model-trials.choose-picture': { ...configure, audit: false },
  'model-trials.run': {
    ...configure,
    audit: false,
    cameras: ({ source }) => ('camera_id' in source ? [source.camera_id] : []),
    cameraRight: 'live',
  },
  'model-trials.close': { ...configure, audit: false },

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
    filter: (value, operator) => ({
      ...value,
      camera_ids: value.camera_ids.filter((id) => sees(operator, id)),
    }),
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
  'ai-events.exports': user,
  'ai-events.triggers': user,
  'ai-events.set-triggers': { ...configure, audit: (request) => ({ detail: { ...request } }) },

  'ai-events.store': user,
  'ai-events.start-store': { ...configure, audit: (_request, answer) => ({ detail: { ...answer } }) },
  'ai-events.expiry': user,
  'ai-events.preview-expiry': configure,
  'ai-events.expire': { ...configure, audit: (request) => ({ detail: { ...request } }) },
  'ai-events.cancel-expiry': configure,

  'storage.list': user,
  'storage.choose': { ...configure, audit: false },
  'storage.use': configure,
  'storage.forget': {
    ...configure,
    audit: ({ folder_id }) => ({ object: { kind: 'storage-folder', id: folder_id } }),
  },
  'storage.allow-deletion': {
    needs: 'archive.delete',
    audit: (_request, done) => ({ detail: done === null ? {} : { ...done } }),
  },
  'storage.preview-retention': { needs: 'configure' },

  'backup.create': {
    ...configure,
    audit: ({ passphrase }, done) =>
      done?.saved === null
        ? null
        : { detail: { file: done?.saved?.path, passwords: passphrase !== undefined } },
  },
  'backup.open': { ...configure, audit: false },
  'backup.preview': { ...configure, audit: false },
  'backup.restore': {
    ...configure,
    audit: (_request, done) => ({ detail: done === null ? {} : { kept: done.kept } }),
  },

  'about.licences': user,
  'about.show-data-folder': { ...configure, audit: false },

  'system.info': user,
  'secrets.status': user,
  'secrets.accept-obfuscation': configure,
  'health.get': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      cameras: value.cameras.filter(({ camera_id }) => sees(operator, camera_id)),
      frames: {
        ...value.frames,
        decoders: value.frames.decoders.filter(({ camera_id }) => sees(operator, camera_id)),
      },
    }),
  },
  'health.series': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      series: value.series.filter(
        ({ metric, subject }) => HEALTH_METRICS[metric] !== 'camera' || sees(operator, subject),
      ),
    }),
  },

  'desktop.get': user,
  'desktop.update': { ...configure, audit: (request) => ({ detail: { ...request } }) },
  'desktop.quit': { needs: 'application.quit' },
  'desktop.question': anyone,
  // Whoever closes the window is asked; without an answer it could not be closed.
  'desktop.answer': anyone,

  // What these do they write themselves, with the name that was tried.
  'session.state': anyone,
  'session.sign-in': anyone,
  'session.unlock': anyone,
  'session.sign-out': anyone,
  'session.set-up': { needs: 'users.manage', audit: ({ mode }) => ({ detail: { mode } }) },
  'session.lock': user,
  'session.touch': user,
  'session.change-password': { needs: 'user' },
  'users.list': { needs: 'users.manage' },
  'users.create': {
    needs: 'users.manage',
    audit: ({ name, role, access }, made) => ({
      object: { kind: 'user', id: made?.id ?? null },
      detail: { name, role, access },
    }),
  },
  'users.update': {
    needs: 'users.manage',
    audit: ({ id, ...changed }) => ({ object: { kind: 'user', id }, detail: { ...changed } }),
  },
  'users.reset-password': account,
  'users.delete': account,

  'evidence.estimate': { needs: 'export', cameras: ({ camera_ids }) => camera_ids },
  'evidence.choose-folder': { needs: 'export', audit: false },
  // What came of it is written when it is over.
  'evidence.export': { needs: 'export', cameras: ({ camera_ids }) => camera_ids, audit: false },
  'evidence.cancel': { needs: 'export', audit: false },
  'evidence.resume': { needs: 'export', audit: false },
  'evidence.exports': {
    needs: 'export',
    filter: ({ exports }, operator) => ({
      exports: exports.filter(({ camera_ids }) => camera_ids.every((id) => operator.mayCamera(id, 'export'))),
    }),
  },
  'evidence.key': user,

  'audit.list': { needs: 'audit.read' },
  'audit.names': { needs: 'audit.read' },
  'audit.revision': { needs: 'audit.read' },
  'audit.verify': { needs: 'audit.read' },
  'audit.export': {
    needs: 'audit.read',
    audit: ({ format, filter }, done) =>
      done?.saved === null
        ? null
        : { detail: { format, filter, file: done?.saved?.path, entries: done?.saved?.entries } },
  },
};

type AlertOf = ResponseOf<'alerts.active'>['alerts'][number];

/** Alerts of cameras that may be seen; those of the workstation do not name others. */
function alertsFor(alerts: readonly AlertOf[], operator: Operator): AlertOf[] {
  return alerts
    .filter(({ camera_id }) => sees(operator, camera_id))
    .map((alert) => {
      const { cameras: _names, ...detail } = alert.detail;
      return { ...alert, detail };
    });
}
