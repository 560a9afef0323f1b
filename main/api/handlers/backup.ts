import type { HandlerContext, HandlersFor } from './context';

export function backupHandlers({ backup }: HandlerContext): HandlersFor<'backup'> {
  return {
    'backup.create': (request) => backup.create(request),
    'backup.open': (_request, owner) => backup.open(owner),
    'backup.preview': (request, owner) => backup.preview(request, owner),
    'backup.restore': (request, owner) => backup.restore(request, owner),
  };
}
