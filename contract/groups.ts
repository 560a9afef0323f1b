import { z } from 'zod';
import { command, query } from './channel';
import { nothing, text, uuid } from './common';

/** Name of a group; names that differ in case only are the same. */
export const groupName = text(64).min(1, 'Give the group a name.');

/** Cameras that belong together, such as those of a building; a camera may be in any number of groups. */
export const group = z.object({
  id: uuid,
  name: z.string(),
  /** In order of their creation. */
  camera_ids: z.array(uuid),
});
export type CameraGroup = z.infer<typeof group>;

const cameraIds = z.array(uuid).max(1000);

export const groupChannels = {
  /** In alphabetical order. `devices.revision` tells when to ask again. */
  'groups.list': query(nothing, z.object({ groups: z.array(group) })),
  /** 409 when there is a group of this name. */
  'groups.create': command(z.object({ name: groupName, camera_ids: cameraIds.default([]) }), group),
  'groups.rename': command(z.object({ id: uuid, name: groupName }), group),
  /** The cameras stay. */
  'groups.delete': command(z.object({ id: uuid }), nothing),
  'groups.set-members': command(z.object({ id: uuid, camera_ids: cameraIds }), group),
  'groups.add-members': command(z.object({ id: uuid, camera_ids: cameraIds }), group),
  'groups.remove-members': command(z.object({ id: uuid, camera_ids: cameraIds }), group),
} as const;
