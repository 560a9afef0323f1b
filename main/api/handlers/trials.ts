import type { HandlerContext, HandlersFor } from './context';

export function trialHandlers({ trials }: HandlerContext): HandlersFor<'model-trials'> {
  return {
    'model-trials.choose-picture': (_request, owner) => trials.choosePicture(owner),
    'model-trials.run': (request, owner) => trials.run(owner, request),
    'model-trials.close': async ({ model_id }, owner) => {
      await trials.close(owner, model_id);
      return {};
    },
  };
}
