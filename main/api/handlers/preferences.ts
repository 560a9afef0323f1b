import type { HandlerContext, HandlersFor } from './context';

export function preferenceHandlers({ preferences }: HandlerContext): HandlersFor<'preferences'> {
  return {
    'preferences.get': () => preferences.get(),
    'preferences.set': (request) => preferences.set(request),
  };
}
