import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { text, uuid } from '../../../../contract/common';
import { layoutContent } from '../../../../contract/layouts';
import type { WriteCall } from '../../../store/protocol';
import type { LayoutRow } from '../../../store/types';
import type { BackupSection } from './section';

const schema = z.object({ id: uuid, name: text(80).min(1), content: layoutContent }).strict();
type BackupLayout = z.infer<typeof schema>;

const entryOf = (row: LayoutRow): BackupLayout => ({
  id: row.id,
  name: row.name,
  content: {
    kind: row.kind,
    tiles: row.tiles.map(({ deviceId, place }) => ({ device_id: deviceId, place: place && { ...place } })),
  },
});

const contentOf = ({ content }: BackupLayout) => ({
  kind: content.kind,
  tiles: content.tiles.map(({ device_id, place }) => ({ deviceId: device_id, place })),
});

/** A layout of the file is one of ours when it has the id, or else the name, of ours. */
export const layouts: BackupSection<BackupLayout> = {
  name: 'layouts',
  schema,
  keyOf: ({ id }) => id,
  labelOf: ({ name }) => name,
  read: async ({ store }) => (await store.read.listLayouts()).map(entryOf),
  async adapt(entries, { store, cameraIds }) {
    const rows = await store.read.listLayouts();
    const byId = new Set(rows.map(({ id }) => id));
    const byName = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
    const taken = new Set(entries.map(({ id }) => id).filter((id) => byId.has(id)));
    return entries.map((entry) => {
      const same = byName.get(entry.name.toLowerCase());
      const id = byId.has(entry.id) || same === undefined || taken.has(same) ? entry.id : same;
      const fresh = taken.has(id) && id !== entry.id ? randomUUID() : id;
      taken.add(fresh);
      const tiles = entry.content.tiles.map((tile) => ({
        ...tile,
        // A camera that is not in the file leaves an empty tile.
        device_id: tile.device_id === null ? null : (cameraIds.get(tile.device_id) ?? null),
      }));
      return { ...entry, id: fresh, content: { ...entry.content, tiles } };
    });
  },
  write({ added, changed, removed }, { nowUs }) {
    const calls: WriteCall[] = [
      ...removed.map(({ id }) => ({ name: 'deleteLayout', args: [id] }) as const),
      ...changed.map(
        (entry) =>
          ({
            name: 'updateLayout',
            args: [entry.id, { name: entry.name, content: contentOf(entry), nowUs }],
          }) as const,
      ),
      ...added.map(
        (entry) =>
          ({
            name: 'createLayout',
            args: [{ id: entry.id, name: entry.name, ...contentOf(entry), nowUs }],
          }) as const,
      ),
    ];
    return Promise.resolve(calls);
  },
};
