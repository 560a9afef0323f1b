import type { HandlerContext, HandlersFor } from './context';

export function settingsHandlers({ settings }: HandlerContext): HandlersFor<'settings'> {
  return {
    'settings.get': () => settings.state(),
    'settings.update': (request) => settings.update(request),
  };
}
