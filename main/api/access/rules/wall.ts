import type { Operator } from '../../../users/operator';
import { withoutHidden } from '../../hiddenTiles';
import type { ById } from './shared';
import { anyone, user } from './shared';
import type { Rules } from './types';

const layout = {
  needs: 'layouts.edit',
  audit: (request: ById & { name?: string | undefined }) => ({
    object: { kind: 'layout', id: request.id },
    detail: request.name === undefined ? {} : { name: request.name },
  }),
} as const;

/** A wall shows what may be watched live. */
const watchedBy = (operator: Operator) => (id: string) => operator.mayCamera(id, 'live');

/** Layouts and windows. */
export const wallRules = {
  'layouts.revision': user,
  'layouts.list': {
    ...user,
    filter: ({ layouts }, operator) => ({
      layouts: layouts.map((one) => withoutHidden(one, watchedBy(operator))),
    }),
  },
  'layouts.create': {
    needs: 'layouts.edit',
    audit: ({ name }, made) => ({ object: { kind: 'layout', id: made?.id ?? null }, detail: { name } }),
  },
  'layouts.update': {
    ...layout,
    filter: (value, operator) => withoutHidden(value, watchedBy(operator)),
  },
  'layouts.delete': layout,
  'layouts.reorder': { needs: 'layouts.edit', audit: () => ({}) },

  'windows.state': anyone,
  'windows.requests': anyone,
  'windows.open-wall': user,
  'windows.close': user,
  'windows.set-full-screen': anyone,
  'windows.show-main': anyone,
} satisfies Partial<Rules>;
