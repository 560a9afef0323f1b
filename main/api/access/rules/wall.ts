import type { ById } from './shared';
import { anyone, sees, user } from './shared';
import type { Rules } from './types';

const layout = {
  needs: 'layouts.edit',
  audit: (request: ById & { name?: string | undefined }) => ({
    object: { kind: 'layout', id: request.id },
    detail: request.name === undefined ? {} : { name: request.name },
  }),
} as const;

/** Layouts and windows. */
export const wallRules = {
  'layouts.revision': user,
  'layouts.list': {
    ...user,
    filter: ({ layouts }, operator) => ({
      layouts: layouts.map((one) => ({
        ...one,
        content: {
          ...one.content,
          tiles: one.content.tiles.map((tile) =>
            sees(operator, tile.device_id) ? tile : { ...tile, device_id: null },
          ),
        },
      })),
    }),
  },
  'layouts.create': {
    needs: 'layouts.edit',
    audit: ({ name }, made) => ({ object: { kind: 'layout', id: made?.id ?? null }, detail: { name } }),
  },
  'layouts.update': layout,
  'layouts.delete': layout,
  'layouts.reorder': { needs: 'layouts.edit', audit: () => ({}) },

  'windows.state': anyone,
  'windows.requests': anyone,
  'windows.open-wall': user,
  'windows.close': user,
  'windows.set-full-screen': anyone,
  'windows.show-main': anyone,
} satisfies Partial<Rules>;
