import path from 'node:path';
import { APPLICATION } from '../audit/audit';
import { callerNow } from '../base/caller';
import type { RuthCore } from '../core/core';
import { captureServices, expiredMedia } from '../events/captures';
import type { Events } from '../events/events';
import { createEvents } from '../events/events';
import { EventExports } from '../events/export/eventExports';
import { readSwitches } from '../events/switches';
import type { Kernel } from '../kernel/kernel';
import { eventStoreFile, openEventStore } from '../store/events/eventStore';
import type { Ground } from './ground';
import { knownCameras } from './knownCameras';

export interface EventHistory {
  readonly events: Events;
  readonly eventExports: EventExports;
}

/** What the AI saw: from results to rows, what their triggers make, and exports of them. */
export async function createEventHistory(
  { options, store, audit, settings, clock, owned }: Ground,
  kernel: Kernel,
  { results }: Pick<RuthCore, 'results'>,
): Promise<EventHistory> {
  const { dataDir, log } = options;
  const cameraIds = await knownCameras(kernel.cameras, owned);
  const { id: localUserId } = await store.read.localUser();
  const events = owned.add(
    createEvents({
      storeFile: eventStoreFile(dataDir),
      openStore: () =>
        openEventStore({
          dataDir,
          workerPath: path.join(options.workersDir, 'store.worker.cjs'),
          log,
          now: () => clock.wallUs(),
        }),
      results,
      captures: captureServices(kernel),
      media: expiredMedia(kernel),
      days: () => settings.current().event_retention_days,
      onRemoved: ({ userId, before, removed }) =>
        void audit.record({
          ...{ action: 'events.removed', detail: { before, removed, rule: userId === null } },
          ...(userId === null ? { by: APPLICATION } : {}),
        }),
      switches: await readSwitches(store),
      isCamera: (cameraId) => cameraIds.has(cameraId),
      userId: () => callerNow()?.id ?? localUserId,
      clock,
      log,
    }),
  );
  owned.add(
    settings.onChanged(({ before, after }) => {
      if (before.event_retention_days !== after.event_retention_days) events.onAgeChanged();
    }),
  );
  const eventExports = owned.add(
    new EventExports({
      queries: async () => (await events.active()).queries,
      dialogs: options.dialogs,
      cameraNames: async () => {
        const { devices } = await kernel.cameras.list({ skip: 0, limit: 10_000 });
        return new Map(devices.map(({ id, name }) => [id, name]));
      },
      log,
    }),
  );
  return { events, eventExports };
}
