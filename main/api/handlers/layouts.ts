import type { HandlerContext, HandlersFor } from './context';

export function layoutHandlers({ layouts, session }: HandlerContext): HandlersFor<'layouts'> {
  // A wall shows what may be watched live: other cameras are as if their tiles were empty.
  const mayWatch = (cameraId: string) => session.operator?.mayCamera(cameraId, 'live') ?? true;
  return {
    'layouts.list': () => layouts.list(),
    'layouts.create': (request) => layouts.create(request),
    'layouts.update': (request) => layouts.update(request, mayWatch),
    'layouts.delete': async (request) => {
      await layouts.delete(request.id, mayWatch);
      return {};
    },
    'layouts.reorder': async (request) => {
      await layouts.reorder(request.ids);
      return {};
    },
  };
}
