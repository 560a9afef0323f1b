import type { HandlerContext, HandlersFor } from './context';
import { storeSwitches } from '../../events/switches';

export function eventHandlers({
  events,
  eventExports,
  store,
  kernel,
}: HandlerContext): HandlersFor<'ai-events'> {
  return {
    'ai-events.get': async (request) => (await events.active()).queries.get(request.id),
    'ai-events.list': async (request) => (await events.active()).queries.list(request),
    'ai-events.listForCamera': async (request) =>
      (await events.active()).queries.list({ ...request, with_total: true }),
    'ai-events.names': async ({ camera_ids }) => (await events.active()).queries.names(camera_ids),
    'ai-events.spans': async (request) => (await events.active()).queries.spans(request),
    'ai-events.review': async ({ ids, reviewed }) => ({
      changed: await (await events.active()).review(ids, reviewed),
    }),
    'ai-events.export': async ({ filter, format }) => ({ id: await eventExports.start(filter, format) }),
    'ai-events.cancel-export': ({ id }) => {
      eventExports.cancel(id);
      return {};
    },
    'ai-events.start-store': async () => ({ kept: await events.startNewStore() }),
    'ai-events.preview-expiry': async ({ days }) => (await events.active()).expiry.preview(days),
    'ai-events.expire': async ({ days }) => {
      const { expiry } = await events.active();
      await expiry.start(days, events.userId());
      return {};
    },
    'ai-events.cancel-expiry': async () => {
      (await events.active()).expiry.cancel();
      return {};
    },
    'ai-events.triggers': async () => (await events.active()).triggers.status(),
    'ai-events.set-triggers': async (request) => {
      const { triggers } = await events.active();
      const switches = {
        snapshots: request.snapshot_triggers_enabled ?? triggers.switches.snapshots,
        clips: request.clip_triggers_enabled ?? triggers.switches.clips,
      };
      await storeSwitches(store, switches, kernel.clock.wallUs());
      triggers.setSwitches(switches);
      return { snapshot_triggers_enabled: switches.snapshots, clip_triggers_enabled: switches.clips };
    },
  };
}
