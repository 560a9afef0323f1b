import type { HandlerContext, HandlersFor } from './context';

export function captureHandlers(context: HandlerContext): HandlersFor<'snapshots' | 'bookmarks'> {
  const { snapshots, bookmarks } = context.kernel;
  return {
    'snapshots.capture-live': (request) => snapshots.captureLive(request),
    'snapshots.capture-historical': (request) => snapshots.captureHistorical(request),
    'snapshots.list': (request) => snapshots.list(request),
    'snapshots.get': (request) => snapshots.get(request.id),
    'snapshots.delete': async (request) => {
      await snapshots.delete(request.id);
      return {};
    },
    'bookmarks.capture-live': (request) => bookmarks.captureLive(request),
    'bookmarks.capture-historical': (request) => bookmarks.captureHistorical(request),
    'bookmarks.list': (request) => bookmarks.list(request),
    'bookmarks.get': (request) => bookmarks.get(request.id),
    'bookmarks.update': (request) => bookmarks.update(request),
    'bookmarks.delete': async (request) => {
      await bookmarks.delete(request.id);
      return {};
    },
  };
}
