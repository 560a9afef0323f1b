import type { HandlerContext, HandlersFor } from './context';

export function desktopHandlers({ desktop }: HandlerContext): HandlersFor<'desktop'> {
  return {
    'desktop.get': () => desktop.state(),
    'desktop.update': (request) => desktop.update(request),
    'desktop.quit': () => {
      desktop.quit();
      return {};
    },
    'desktop.answer': ({ id, answer }) => {
      desktop.answer(id, answer);
      return {};
    },
  };
}
