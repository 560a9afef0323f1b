import type { HandlerContext, HandlersFor } from './context';

export function supportHandlers({ support }: HandlerContext): HandlersFor<'support'> {
  return {
    'support.create': () => support.create(),
    'support.cancel': ({ id }) => {
      support.cancel(id);
      return {};
    },
  };
}
