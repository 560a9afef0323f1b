import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { text, uuid } from '../../../../contract/common';
import { rtspUrl, transport } from '../../../../contract/devices';
import { groupName } from '../../../../contract/groups';
import { weekSchedule } from '../../../../contract/schedule';
import type { WriteCall } from '../../../store/protocol';
import type { DeviceRow, Store } from '../../../store/types';
import type { BackupSection, RestoreContext } from './section';

const schema = z
  .object({
    id: uuid,
    name: text(255).min(1),
    description: text(2000).nullable(),
    location: text(255).nullable(),
    rtsp_url: rtspUrl,
    sub_rtsp_url: rtspUrl.nullable(),
    username: text(128).nullable(),
    transport,
    is_active: z.boolean(),
    recording: z.boolean(),
    groups: z.array(groupName).max(50),
    schedule: weekSchedule.nullable(),
  })
  .strict();
export type BackupCamera = z.infer<typeof schema>;

const entryOf = (row: DeviceRow): BackupCamera => ({
  id: row.id,
  name: row.name,
  description: row.description,
  location: row.location,
  rtsp_url: row.rtspUrl,
  sub_rtsp_url: row.subRtspUrl,
  username: row.username,
  transport: row.transport,
  is_active: row.isActive,
  recording: row.recording,
  groups: [...row.groups].sort(),
  schedule: row.schedule,
});

const columnsOf = (camera: BackupCamera) => ({
  name: camera.name,
  description: camera.description,
  location: camera.location,
  rtspUrl: camera.rtsp_url,
  subRtspUrl: camera.sub_rtsp_url,
  username: camera.username,
  transport: camera.transport,
  isActive: camera.is_active,
  recording: camera.recording,
  groups: camera.groups,
  schedule: camera.schedule,
});

const rowsOf = async (store: Store) => (await store.read.listDevices()).rows;

/** The password that came with the file, by the id that the camera has here. */
function passwordFor(id: string, { cameraIds, sealedPasswords }: RestoreContext): Uint8Array | undefined {
  for (const [inFile, here] of cameraIds) if (here === id) return sealedPasswords.get(inFile);
  return undefined;
}

/** A camera of the file is one of ours when it has the id, or else the address, of ours. */
export const cameras: BackupSection<BackupCamera> = {
  name: 'cameras',
  schema,
  keyOf: ({ id }) => id,
  labelOf: ({ name }) => name,
  read: async ({ store }) => (await rowsOf(store)).map(entryOf),
  async adapt(entries, { store, cameraIds, cameraNames }) {
    const rows = await rowsOf(store);
    for (const { id, name } of rows) cameraNames.set(id, name);
    const byId = new Set(rows.map(({ id }) => id));
    const byAddress = new Map(rows.map(({ id, rtspUrl: url }) => [url, id]));
    const used = new Set(await store.read.usedDeviceIds());
    const taken = new Set(entries.map(({ id }) => id).filter((id) => byId.has(id)));
    return entries.map((entry) => {
      const same = byAddress.get(entry.rtsp_url);
      let id = entry.id;
      if (!byId.has(id)) {
        if (same !== undefined && !taken.has(same)) id = same;
        // A deleted camera keeps its id for its history.
        else if (used.has(id)) id = randomUUID();
      }
      taken.add(id);
      cameraIds.set(entry.id, id);
      cameraNames.set(id, entry.name);
      return { ...entry, id, groups: [...entry.groups].sort() };
    });
  },
  changesBesides: ({ id }, context) => passwordFor(id, context) !== undefined,
  write({ added, changed, removed }, context) {
    const { nowUs } = context;
    const calls: WriteCall[] = [
      ...removed.map(({ id }) => ({ name: 'deleteDevice', args: [id, nowUs] }) as const),
      ...changed.map((camera) => {
        const sealedPassword = passwordFor(camera.id, context);
        const patch = { ...columnsOf(camera), nowUs };
        return {
          name: 'updateDevice',
          args: [camera.id, sealedPassword === undefined ? patch : { ...patch, sealedPassword }],
        } as const;
      }),
      ...added.map(
        (camera) =>
          ({
            name: 'createDevice',
            args: [
              {
                ...columnsOf(camera),
                ...{ id: camera.id, sealedPassword: passwordFor(camera.id, context) ?? null, nowUs },
              },
            ],
          }) as const,
      ),
    ];
    return Promise.resolve(calls);
  },
};
