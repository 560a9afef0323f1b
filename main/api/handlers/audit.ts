import type { HandlerContext, HandlersFor } from './context';

export function auditHandlers({ auditBook }: HandlerContext): HandlersFor<'audit'> {
  return {
    'audit.list': (request) => auditBook.list(request),
    'audit.names': () => auditBook.names(),
    'audit.verify': () => auditBook.verify(),
    'audit.export': (request) => auditBook.export(request),
  };
}
