import type { Device, RequestOf, ResponseOf } from '../../../contract';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { CameraService } from './service';

/** Cameras that are changed at the same time: enough to be quick, few enough to leave the store to others. */
const AT_ONCE = 8;

type BulkResult = ResponseOf<'devices.bulk'>['results'][number];
type CreateResult = ResponseOf<'devices.create-many'>['results'][number];

/** Does one thing to many cameras; what fails for one does not keep the others from it. */
export async function bulkChange(
  cameras: CameraService,
  { ids, action, schedule }: RequestOf<'devices.bulk'>,
  log: Logger,
): Promise<BulkResult[]> {
  const apply = async (id: string): Promise<void> => {
    switch (action) {
      case 'start':
        await cameras.startStream(id);
        return;
      case 'stop':
        await cameras.stopStream(id);
        return;
      case 'record':
      case 'stop-recording':
        await cameras.update({ id, recording: action === 'record' });
        return;
      case 'schedule':
        await cameras.update({ id, schedule: schedule ?? null });
        return;
      case 'delete':
        await cameras.delete(id);
    }
  };
  return inParallel([...new Set(ids)], async (id) => {
    try {
      await apply(id);
      return { id, error: null };
    } catch (error) {
      return { id, error: forPeople(error, log).message };
    }
  });
}

/** Adds cameras in their order. One that cannot be added is an answer of its own, and the others are added. */
export async function createMany(
  cameras: CameraService,
  { cameras: wanted }: RequestOf<'devices.create-many'>,
  log: Logger,
): Promise<CreateResult[]> {
  const results: CreateResult[] = [];
  for (const request of wanted) {
    try {
      const device: Device = await cameras.create(request);
      results.push({ ok: true, device });
    } catch (error) {
      results.push({ ok: false, ...forPeople(error, log) });
    }
  }
  return results;
}

/** Faults of the application itself are for its log; they must not cost the answers of the other cameras. */
function forPeople(error: unknown, log: Logger): { message: string; code: string | null } {
  if (!(error instanceof VasError) || error.kind === 'internal') {
    log.error({ reason: messageOf(error) }, 'one of many cameras could not be changed');
    return { message: 'The application could not do this; its log says why.', code: null };
  }
  const details = error.details as { readonly code?: unknown } | null | undefined;
  return { message: error.message, code: typeof details?.code === 'string' ? details.code : null };
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
