import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { assignmentRules } from '../../../../contract/assignments';
import { uuid } from '../../../../contract/common';
import { modelId } from '../../../../contract/models';
import type { WriteCall } from '../../../store/protocol';
import type { AssignmentRow, Store } from '../../../store/types';
import type { BackupSection } from './section';

const schema = z
  .object({
    camera_id: uuid,
    model_id: modelId,
    enabled: z.boolean(),
    desired_fps: z.number().int().min(1).max(30).nullable(),
    priority: z.number().int().min(0).max(100).nullable(),
    parameters: z.record(z.string().max(128), z.unknown()).nullable(),
    rules: assignmentRules,
  })
  .strict();
type BackupAssignment = z.infer<typeof schema>;

/** More than every camera of the largest workstation with every model. */
const MOST = 5_000;

const keyOf = (entry: Pick<BackupAssignment, 'camera_id' | 'model_id'>): string =>
  `${entry.camera_id} ${entry.model_id}`;

const rowsOf = async (store: Store): Promise<AssignmentRow[]> =>
  (await store.read.listAssignments({ offset: 0, limit: MOST })).rows;

const entryOf = (row: AssignmentRow): BackupAssignment[] => {
  const parsed = schema.safeParse({
    camera_id: row.cameraId,
    model_id: row.modelId,
    enabled: row.enabled,
    desired_fps: row.desiredFps,
    priority: row.priority,
    parameters: row.parameters === null ? null : JSON.parse(row.parameters),
    rules: JSON.parse(row.rules),
  });
  return parsed.success ? [parsed.data] : [];
};

const columnsOf = (entry: BackupAssignment) => ({
  enabled: entry.enabled,
  desiredFps: entry.desired_fps,
  priority: entry.priority,
  parameters: entry.parameters === null ? null : JSON.stringify(entry.parameters),
  rules: JSON.stringify(entry.rules),
});

/**
 * Which model runs on which camera. Models are folders of their own and not part of a backup: an assignment of one
 * that is not here is left out, as is one of a camera that is not in the file.
 */
export const assignments: BackupSection<BackupAssignment> = {
  name: 'assignments',
  schema,
  keyOf,
  labelOf: ({ camera_id, model_id }, { cameraNames }) =>
    `${cameraNames.get(camera_id) ?? camera_id}: ${model_id}`,
  read: async ({ store }) => (await rowsOf(store)).flatMap(entryOf),
  async adapt(entries, { store, cameraIds }) {
    const models = new Set((await store.read.listModels()).map((model) => model.modelId));
    const here = entries.flatMap((entry) => {
      const camera = cameraIds.get(entry.camera_id);
      return camera === undefined || !models.has(entry.model_id) ? [] : [{ ...entry, camera_id: camera }];
    });
    // Two cameras of the file may be one here.
    return [...new Map(here.map((entry) => [keyOf(entry), entry])).values()];
  },
  async write({ added, changed, removed }, { store, cameraIds, nowUs }) {
    const idOf = new Map(
      (await rowsOf(store)).map(({ id, cameraId, modelId: model }) => [
        keyOf({ camera_id: cameraId, model_id: model }),
        id,
      ]),
    );
    const staying = new Set(cameraIds.values());
    const calls: WriteCall[] = [
      ...removed
        // Those of a camera that is removed go with it.
        .filter(({ camera_id }) => staying.has(camera_id))
        .map((entry) => ({ name: 'deleteAssignment', args: [idOf.get(keyOf(entry)) ?? ''] }) as const),
      ...changed.map(
        (entry) =>
          ({
            name: 'updateAssignment',
            args: [idOf.get(keyOf(entry)) ?? '', { ...columnsOf(entry), nowUs }],
          }) as const,
      ),
      ...added.map(
        (entry) =>
          ({
            name: 'createAssignment',
            args: [
              {
                ...columnsOf(entry),
                ...{ id: randomUUID(), cameraId: entry.camera_id, modelId: entry.model_id, nowUs },
              },
            ],
          }) as const,
      ),
    ];
    return calls;
  },
};
