import type { HandlerContext, HandlersFor } from './context';

export function layoutHandlers({ layouts }: HandlerContext): HandlersFor<'layouts'> {
  return {
    'layouts.list': () => layouts.list(),
    'layouts.create': (request) => layouts.create(request),
    'layouts.update': (request) => layouts.update(request),
    'layouts.delete': async (request) => {
      await layouts.delete(request.id);
      return {};
    },
    'layouts.reorder': async (request) => {
      await layouts.reorder(request.ids);
      return {};
    },
  };
}
