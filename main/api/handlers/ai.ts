import type { HandlerContext, HandlersFor } from './context';

export function aiHandlers({ core }: HandlerContext): HandlersFor<'ai-models' | 'ai-model-assignments'> {
  const { models, assignments } = core;
  return {
    'ai-models.list': (request) => models.list(request.enabled),
    'ai-models.get': (request) => models.get(request.model_id),
    'ai-models.set-enabled': (request) => models.setEnabled(request.model_id, request.enabled),
    'ai-model-assignments.list': (request) => assignments.list(request),
    'ai-model-assignments.get': (request) => assignments.get(request.id),
    'ai-model-assignments.create': (request) => assignments.create(request),
    'ai-model-assignments.update': (request) => assignments.update(request),
    'ai-model-assignments.delete': async (request) => {
      await assignments.delete(request.id);
      return {};
    },
  };
}
