import { bulkChange, createMany } from '../../kernel/cameras/bulk';
import { saveListTemplate } from '../cameraListTemplate';
import type { HandlerContext, HandlersFor } from './context';

export function deviceHandlers(context: HandlerContext): HandlersFor<'devices'> {
  const {
    kernel: { cameras },
    dialogs,
    log,
  } = context;
  return {
    'devices.list': (request) => cameras.list(request),
    'devices.get': (request) => cameras.get(request.id),
    'devices.create': (request) => cameras.create(request),
    'devices.create-many': async (request) => ({ results: await createMany(cameras, request, log) }),
    'devices.save-template': async () => ({ file: await saveListTemplate(dialogs) }),
    'devices.bulk': async (request) => ({ results: await bulkChange(cameras, request, log) }),
    'devices.update': (request) => cameras.update(request),
    'devices.delete': async (request) => {
      await cameras.delete(request.id);
      return {};
    },
    'devices.validate': (request) => cameras.validate(request),
    'devices.start-stream': (request) => cameras.startStream(request.id),
    'devices.stop-stream': (request) => cameras.stopStream(request.id),
  };
}
