import type { HandlerContext, HandlersFor } from './context';

export function storageHandlers({ storage }: HandlerContext): HandlersFor<'storage'> {
  return {
    'storage.list': () => storage.list(),
    'storage.choose': (_request, owner) => storage.choose(owner),
    'storage.use': (request, owner) => storage.use(request, owner),
    'storage.forget': (request) => storage.forget(request.folder_id),
    'storage.give-up': (request) => storage.giveUp(request.folder_id),
    'storage.allow-deletion': () => storage.allowDeletion(),
    'storage.preview-retention': (request) => storage.preview(request),
  };
}
