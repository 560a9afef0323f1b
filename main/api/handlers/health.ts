import type { HandlerContext, HandlersFor } from './context';

/** Queries only: looking at the workstation changes nothing (INV-93). */
export function healthHandlers({ health }: HandlerContext): HandlersFor<'health'> {
  return {
    'health.get': () => health.now(),
    'health.series': (request) => health.series(request),
  };
}
