import type { HandlerContext, HandlersFor } from './context';

export function groupHandlers({ kernel: { groups } }: HandlerContext): HandlersFor<'groups'> {
  return {
    'groups.list': async () => ({ groups: await groups.list() }),
    'groups.create': (request) => groups.create(request),
    'groups.rename': (request) => groups.rename(request),
    'groups.delete': async (request) => {
      await groups.delete(request.id);
      return {};
    },
    'groups.set-members': (request) => groups.changeMembers('set', request),
    'groups.add-members': (request) => groups.changeMembers('add', request),
    'groups.remove-members': (request) => groups.changeMembers('remove', request),
  };
}
