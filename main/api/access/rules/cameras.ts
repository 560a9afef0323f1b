import { pagesOf } from '../pages';
import type { ById } from './shared';
import { sees, user } from './shared';
import type { Rules } from './types';

const aboutDevice = { needs: 'cameras.configure', cameras: (request: ById) => [request.id] } as const;
const group = {
  needs: 'cameras.configure',
  audit: (request: ById) => ({ object: { kind: 'group', id: request.id } }),
} as const;
const groupMembers = {
  ...group,
  cameras: (request: { readonly camera_ids: readonly string[] }) => request.camera_ids,
} as const;

/** Cameras, their groups and streams. */
export const cameraRules = {
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
  'streams.states': {
    ...user,
    filter: ({ streams }, operator) => ({
      streams: streams.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
} satisfies Partial<Rules>;
