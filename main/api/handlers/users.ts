import type { HandlerContext, HandlersFor } from './context';

export function userHandlers({ session, users }: HandlerContext): HandlersFor<'session' | 'users'> {
  return {
    'session.set-up': async (request) => {
      await session.setUp(request);
      return {};
    },
    'session.sign-in': async ({ name, password }) => {
      await session.signIn(name, password);
      return {};
    },
    'session.sign-out': async () => {
      await session.signOut();
      return {};
    },
    'session.lock': async () => {
      await session.lock();
      return {};
    },
    'session.unlock': async ({ password }) => {
      await session.unlock(password);
      return {};
    },
    'session.touch': () => {
      session.touch();
      return {};
    },
    'session.change-password': async ({ current, next }) => {
      await session.changePassword(current, next);
      return {};
    },
    'users.list': async () => ({ users: await users.list() }),
    'users.create': (request) => users.create(request),
    'users.update': (request) => users.update(request),
    'users.reset-password': async ({ id, password }) => {
      await users.resetPassword(id, password);
      return {};
    },
    'users.delete': async ({ id }) => {
      await users.delete(id);
      return {};
    },
  };
}
