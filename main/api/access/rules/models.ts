import { VasError } from '../../../base/errors';
import type { ById } from './shared';
import { configure, sees, user } from './shared';
import type { Rules } from './types';

const assignment = {
  needs: 'configure',
  audit: (request: ById) => ({ object: { kind: 'assignment', id: request.id } }),
} as const;

/** Models and their assignments. */
export const modelRules = {
  'ai-models.list': user,
  'ai-models.get': user,
  'ai-models.set-enabled': {
    ...configure,
    audit: ({ model_id, enabled }) => ({ object: { kind: 'model', id: model_id }, detail: { enabled } }),
  },
  'ai-model-assignments.list': {
    ...user,
    cameras: ({ camera_id }) => [camera_id],
    filter: (value, operator) => ({
      ...value,
      assignments: value.assignments.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
  'ai-model-assignments.get': {
    ...user,
    filter: (value, operator) => {
      if (sees(operator, value.camera_id)) return value;
      throw new VasError('not_found', 'There is no such assignment.');
    },
  },
  'ai-model-assignments.create': {
    needs: 'configure',
    cameras: ({ camera_id }) => [camera_id],
    audit: ({ model_id }, made) => ({
      object: { kind: 'assignment', id: made?.id ?? null },
      detail: { model: model_id },
    }),
  },
  'ai-model-assignments.update': assignment,
  'ai-model-assignments.delete': assignment,

  'model-containers.list': user,
  'model-containers.changed': user,
  'model-containers.choose-folder': { ...configure, audit: false },
  'model-containers.import': {
    ...configure,
    audit: ({ accept_program }, done) => ({
      object: { kind: 'model', id: done?.model_id ?? null },
      detail: { program_accepted: accept_program },
    }),
  },
  'model-containers.restart': {
    ...configure,
    audit: ({ model_id }) => ({ object: { kind: 'model', id: model_id } }),
  },

  // Nothing is kept or changed, so nothing is audited; a camera's picture needs the right to see it live.
  'model-trials.choose-picture': { ...configure, audit: false },
  'model-trials.run': {
    ...configure,
    audit: false,
    cameras: ({ source }) => ('camera_id' in source ? [source.camera_id] : []),
    cameraRight: 'live',
  },
  'model-trials.close': { ...configure, audit: false },
} satisfies Partial<Rules>;
