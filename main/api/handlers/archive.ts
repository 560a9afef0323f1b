import type { HandlerContext, HandlersFor } from './context';

export function archiveHandlers({ kernel: { recording } }: HandlerContext): HandlersFor<'archive'> {
  return {
    'archive.check': (request) => {
      recording.checks.start(request);
      return {};
    },
    'archive.cancel-check': async () => {
      await recording.checks.cancel();
      return {};
    },
  };
}
