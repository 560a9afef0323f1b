import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';

/** Shorter ones are guessed too quickly. There are no rules about what it is made of. */
export const LEAST_PASSWORD = 10;
export const MOST_PASSWORD = 256;

/** A password that somebody chooses. */
export const newPassword = z
  .string()
  .min(LEAST_PASSWORD, `Use at least ${String(LEAST_PASSWORD)} characters.`)
  .max(MOST_PASSWORD, `Use at most ${String(MOST_PASSWORD)} characters.`);
/** A password that is checked. */
const password = z.string().max(1024);

export const userName = text(64).min(1, 'Give the user a name.');
export const userRole = z.enum(['administrator', 'operator', 'viewer']);
export type UserRole = z.infer<typeof userRole>;

const cameraAccess = z.object({
  id: uuid,
  live: z.boolean(),
  playback: z.boolean(),
  export: z.boolean(),
});
export type CameraAccess = z.infer<typeof cameraAccess>;
const cameras = z.array(cameraAccess).max(1000);
/** all: every camera there is and will be, as the role allows; chosen: those of `cameras`. */
const access = z.enum(['all', 'chosen']);

export const user = z.object({
  id: uuid,
  name: z.string(),
  role: userRole,
  access,
  cameras: z.array(cameraAccess),
  is_disabled: z.boolean(),
  /** Without one nobody can sign in as this user. */
  has_password: z.boolean(),
  signed_in_at: instant.nullable(),
  created_at: instant,
  /** Who works here now. */
  is_current: z.boolean(),
});
export type User = z.infer<typeof user>;

export const sessionState = z.object({
  /** undecided: nobody has chosen yet how people are known here; until then it is as with single. */
  mode: z.enum(['undecided', 'single', 'sign-in']),
  /** Who works here; null: nobody is signed in. */
  user: z.object({ id: uuid, name: z.string(), role: userRole }).nullable(),
  is_locked: z.boolean(),
  /** While it is locked, the wall stays in sight. */
  shows_wall: z.boolean(),
  /** What the user may do at all (main/users/operator.ts). */
  rights: z.array(z.string()),
  /** With which cameras; null: with all there are and will be. */
  cameras: z.object({
    live: z.array(uuid).nullable(),
    playback: z.array(uuid).nullable(),
    export: z.array(uuid).nullable(),
  }),
});
export type SessionState = z.infer<typeof sessionState>;

export const userChannels = {
  /** Who works here, at once and on each change. One for all windows. */
  'session.state': subscription(nothing, sessionState),
  /**
   * How people are known: `single` asks nobody, `sign-in` makes the first administrator, who is signed in then.
   * Later an administrator changes it.
   */
  'session.set-up': command(
    z.discriminatedUnion('mode', [
      z.object({ mode: z.literal('single') }).strict(),
      z.object({ mode: z.literal('sign-in'), name: userName, password: newPassword }).strict(),
    ]),
    nothing,
    20_000,
  ),
  /** 403 with {code: 'wrong'} or {code: 'wait', seconds} after too many wrong passwords. */
  'session.sign-in': command(z.object({ name: z.string().max(255), password }), nothing, 20_000),
  'session.sign-out': command(nothing, nothing),
  'session.lock': command(nothing, nothing),
  /** With the password of who locked it. */
  'session.unlock': command(z.object({ password }), nothing, 20_000),
  /** Somebody touched keys or mouse; the idle time begins anew. Sent seldom. */
  'session.touch': command(nothing, nothing),
  'session.change-password': command(z.object({ current: password, next: newPassword }), nothing, 20_000),

  'users.list': query(nothing, z.object({ users: z.array(user) })),
  /** 409 when there is a user of this name. */
  'users.create': command(
    z.object({
      name: userName,
      role: userRole,
      password: newPassword,
      access: access.default('all'),
      cameras: cameras.default([]),
    }),
    user,
    20_000,
  ),
  /** Absent fields stay as they are. 409 when no administrator would be left. */
  'users.update': command(
    z.object({
      id: uuid,
      name: userName.optional(),
      role: userRole.optional(),
      access: access.optional(),
      cameras: cameras.optional(),
      is_disabled: z.boolean().optional(),
    }),
    user,
  ),
  'users.reset-password': command(z.object({ id: uuid, password: newPassword }), nothing, 20_000),
  /** What the user did keeps the name. 409 when no administrator would be left. */
  'users.delete': command(z.object({ id: uuid }), nothing),
} as const;
