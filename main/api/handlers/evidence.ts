import type { HandlerContext, HandlersFor } from './context';

export function evidenceHandlers({ evidence }: HandlerContext): HandlersFor<'evidence'> {
  return {
    'evidence.estimate': (request) => evidence.estimate(request),
    'evidence.choose-folder': (_request, owner) => evidence.chooseFolder(owner),
    'evidence.export': (request, owner) => evidence.start(request, owner),
    'evidence.cancel': ({ id }) => {
      evidence.cancel(id);
      return {};
    },
    'evidence.resume': ({ id, passphrase }) => {
      evidence.resume(id, passphrase);
      return {};
    },
    'evidence.discard': async ({ id }) => {
      await evidence.discard(id);
      return {};
    },
    'evidence.key': () => evidence.key(),
  };
}
