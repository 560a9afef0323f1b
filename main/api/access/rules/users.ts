import type { ById } from './shared';
import { anyone, user } from './shared';
import type { Rules } from './types';

const account = {
  needs: 'users.manage',
  audit: (request: ById) => ({ object: { kind: 'user', id: request.id } }),
} as const;

/** Sign-in, users and the audit log. */
export const userRules = {
  // What these do they write themselves, with the name that was tried.
  'session.state': anyone,
  'session.sign-in': anyone,
  'session.unlock': anyone,
  'session.sign-out': anyone,
  'session.set-up': { needs: 'users.manage', audit: ({ mode }) => ({ detail: { mode } }) },
  'session.lock': user,
  'session.touch': user,
  'session.change-password': { needs: 'user' },
  'users.list': { needs: 'users.manage' },
  'users.create': {
    needs: 'users.manage',
    audit: ({ name, role, access }, made) => ({
      object: { kind: 'user', id: made?.id ?? null },
      detail: { name, role, access },
    }),
  },
  'users.update': {
    needs: 'users.manage',
    audit: ({ id, ...changed }) => ({ object: { kind: 'user', id }, detail: { ...changed } }),
  },
  'users.reset-password': account,
  'users.delete': account,

  'audit.list': { needs: 'audit.read' },
  'audit.names': { needs: 'audit.read' },
  'audit.revision': { needs: 'audit.read' },
  'audit.verify': { needs: 'audit.read' },
  'audit.export': {
    needs: 'audit.read',
    audit: ({ format, filter }, done) =>
      done?.saved === null
        ? null
        : { detail: { format, filter, file: done?.saved?.path, entries: done?.saved?.entries } },
  },
} satisfies Partial<Rules>;
