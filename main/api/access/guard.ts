import type { ChannelName } from '../../../contract';
import type { ChannelKind } from '../../../contract/channel';
import type { Audit, AuditNote } from '../../audit/audit';
import { VasError } from '../../base/errors';
import type { CameraRight, Operator } from '../../users/operator';
import { ROLE_RIGHTS } from '../../users/operator';
import type { Session } from '../../users/session';
import type { CameraFinder, Needed, Rule } from './rule';
import { cameraRightOf } from './rule';
import { rules } from './rules';

/** What a call may do, found before its handler runs. */
export interface Permit {
  /** Null: nobody is signed in, and nobody need be. */
  readonly operator: Operator | null;
  /** A request, cut down to what the operator may see. */
  narrow(request: unknown): unknown;
  /** The answer without what the operator may not see. */
  filter(value: unknown): unknown;
  /** Writes to the audit log what came of it. */
  done(response: unknown): Promise<void>;
  failed(error: unknown): Promise<void>;
}

export interface GuardOptions {
  readonly session: Session;
  readonly audit: Audit;
  readonly find: CameraFinder;
}

type AnyRule = Rule<unknown, unknown>;

/** The one place where rights are checked: every call of a window comes through it. */
export class Guard {
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /**
   * @param request as the contract has it; undefined: it does not fit, and only who calls is looked at
   * @throws VasError forbidden, which is in the audit log then
   */
  async permit(name: ChannelName, kind: ChannelKind, request: unknown): Promise<Permit> {
    const rule = rules[name] as AnyRule;
    const { session, audit, find } = this.#options;
    const { operator } = session;
    const needed = neededOf(rule, request);
    const isWritten = rule.audit !== false && (rule.audit !== undefined || kind === 'command');
    const isNarrow = operator !== null && !operator.seesAll;
    let cameras: readonly string[] = [];
    const write = async (outcome: AuditNote['outcome'], note: Partial<AuditNote>) => {
      await audit.record({
        ...note,
        ...(outcome === undefined ? {} : { outcome }),
        ...{ action: name, cameras },
        by: operator ?? { id: null, name: '' },
      });
    };
    try {
      refuseSignedOut(session, needed, name, kind);
      if (operator !== null) {
        refuseRight(operator, needed);
        if (rule.cameras !== undefined && request !== undefined && (isNarrow || isWritten)) {
          const found = await rule.cameras(request as never, find);
          cameras = [...new Set(found.filter((id) => id !== null && id !== undefined))];
        }
        refuseCameras(operator, cameras, cameraRightOf(rule, needed));
      }
    } catch (error) {
      if (error instanceof VasError && error.kind === 'forbidden')
        await write('refused', {
          ...subjectOf(rule, request, null),
          detail: { needed, reason: error.message },
        });
      throw error;
    }
    return {
      ...cutsOf(rule, operator, request),
      operator,
      async done(response) {
        if (!isWritten) return;
        const note = typeof rule.audit === 'function' ? rule.audit(request as never, response as never) : {};
        if (note !== null) await write('done', note);
      },
      async failed(error) {
        if (!isWritten) return;
        const reason = error instanceof VasError ? error.message : 'unexpected';
        // Some rights only their handler can judge.
        const isRefusal = error instanceof VasError && error.kind === 'forbidden';
        await write(isRefusal ? 'refused' : 'failed', {
          ...subjectOf(rule, request, null),
          detail: { reason },
        });
      },
    };
  }

  /**
   * Whether what a media address names may be shown to who works now; what is no camera's own is only for people
   * who are signed in.
   */
  async permitsMedia(
    parts: readonly string[],
    cameraOfSession: (id: string) => string | null,
  ): Promise<boolean> {
    const { session, find } = this.#options;
    const { operator } = session;
    if (operator === null || (session.isLocked && !session.isWallVisible)) return false;
    if (operator.seesAll) return true;
    const [kind, id = ''] = parts;
    const isId = /^[0-9a-f-]{36}$/.test(id);
    if (!isId) return false;
    const cameraId =
      kind === 'snapshots'
        ? await find.snapshot(id)
        : kind === 'bookmarks'
          ? await find.bookmark(id)
          : kind === 'replays' || kind === 'playback'
            ? cameraOfSession(id)
            : // Other kinds begin with the id of their camera.
              id;
    return cameraId !== null && operator.mayCamera(cameraId, kind === 'snapshots' ? 'any' : 'playback');
  }

  /**
   * For subscriptions, which wait until they are allowed: null while the one who works now may not have this one.
   * Not written: a page subscribes by itself.
   */
  mayHave(name: ChannelName, request: unknown): Pick<Permit, 'operator' | 'narrow' | 'filter'> | null {
    const rule = rules[name] as AnyRule;
    const { session } = this.#options;
    const needed = neededOf(rule, request);
    const { operator } = session;
    try {
      refuseSignedOut(session, needed, name, 'subscription');
      if (operator !== null) refuseRight(operator, needed);
    } catch {
      return null;
    }
    return { operator, ...cutsOf(rule, operator, request) };
  }
}

/** What a rule leaves of a request and of its answer. */
function cutsOf(
  rule: AnyRule,
  operator: Operator | null,
  request: unknown,
): Pick<Permit, 'narrow' | 'filter'> {
  if (operator === null)
    return { narrow: (all) => all, filter: (value) => rule.filterSignedOut?.(value as never) ?? value };
  if (operator.seesAll) return { narrow: (all) => all, filter: (all) => all };
  return {
    narrow: (all) => (rule.narrow ? rule.narrow(all as never, operator) : all),
    filter: (value) => (rule.filter ? rule.filter(value as never, operator, request as never) : value),
  };
}

function neededOf(rule: AnyRule, request: unknown): Needed {
  if (typeof rule.needs !== 'function') return rule.needs;
  return request === undefined ? 'user' : rule.needs(request as never);
}

/** What an entry is about; a rule that cannot tell without an answer tells nothing. */
function subjectOf(rule: AnyRule, request: unknown, response: null): Pick<AuditNote, 'object'> {
  if (typeof rule.audit !== 'function' || request === undefined) return {};
  const object = rule.audit(request as never, response as never)?.object;
  return object === undefined ? {} : { object };
}

function refuseSignedOut(session: Session, needed: Needed, name: string, kind: ChannelKind): void {
  if (needed === 'anyone') return;
  if (session.operator === null)
    throw new VasError('forbidden', 'Nobody is signed in. Sign in first.', { details: { code: 'sign_in' } });
  if (!session.isLocked) return;
  // The wall of a locked workstation goes on, and nothing else does.
  const isWall = kind !== 'command' || name.startsWith('live.');
  if (!session.isWallVisible || !isWall)
    throw new VasError('forbidden', 'The workstation is locked. Unlock it with your password.', {
      details: { code: 'locked' },
    });
}

function refuseRight(operator: Operator, needed: Needed): void {
  if (needed === 'anyone' || needed === 'user' || operator.may(needed)) return;
  const roles = (['operator', 'administrator'] as const).filter((role) => ROLE_RIGHTS[role].includes(needed));
  const who = roles.length === 2 ? 'an operator or an administrator' : 'an administrator';
  throw new VasError(
    'forbidden',
    `You are signed in as ${operator.name}, who may not do this. Ask ${who}, or switch the user.`,
    { details: { code: 'right', right: needed } },
  );
}

const WHAT: Readonly<Record<CameraRight | 'any', string>> = {
  any: 'see',
  live: 'watch',
  playback: 'play back',
  export: 'export from',
};

function refuseCameras(operator: Operator, cameras: readonly string[], right: CameraRight | 'any'): void {
  const refused = cameras.filter((id) => !operator.mayCamera(id, right));
  if (refused.length === 0) return;
  const which = refused.length === 1 ? 'this camera' : `${String(refused.length)} of these cameras`;
  throw new VasError(
    'forbidden',
    `You are signed in as ${operator.name}, who may not ${WHAT[right]} ${which}. Ask an administrator for it.`,
    { details: { code: 'camera', right, cameras: refused } },
  );
}
