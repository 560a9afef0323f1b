import type { ResponseOf } from '../../contract';
import type { Audit } from '../audit/audit';
import { APPLICATION } from '../audit/audit';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { Turns } from '../base/turns';
import type { Store, UserRow } from '../store/types';
import { Attempts } from './attempts';
import type { CameraRight } from './operator';
import { Operator, ROLE_RIGHTS } from './operator';
import type { Passwords } from './passwords';
import type { Session, UserMode } from './session';
import { USER_MODE } from './session';

export interface SessionOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly log: Logger;
  /** Minutes without keys or mouse after which it locks; null: never. And whether the wall stays in sight then. */
  readonly settings: () => { readonly lockAfterMinutes: number | null; readonly showsWall: boolean };
  /** False: without an answer it is as if somebody had chosen to work without signing in. */
  readonly mayAsk: boolean;
}

/** Signing in and out, locking, and who works here now. */
export class WorkstationSession implements Session, Disposable {
  readonly #options: SessionOptions;
  readonly #attempts: Attempts;
  readonly #changed: Emitter<void>;
  readonly #refreshing = new Turns();
  #mode: UserMode = 'undecided';
  #operator: Operator | null = null;
  #isLocked = false;
  #idle: Timer | null = null;

  private constructor(options: SessionOptions) {
    this.#options = options;
    this.#attempts = new Attempts(options.clock);
    this.#changed = new Emitter((error) =>
      options.log.error(
        { reason: messageOf(error) },
        'a change of who works here did not take effect everywhere',
      ),
    );
  }

  static async open(options: SessionOptions): Promise<WorkstationSession> {
    const session = new WorkstationSession(options);
    const { read } = options.store;
    const stored = await read.getSetting(USER_MODE);
    const asked = options.mayAsk ? 'undecided' : 'single';
    session.#mode = stored === 'single' || stored === 'sign-in' ? stored : asked;
    for (const { name, failedCount } of await read.listUsers()) session.#attempts.remember(name, failedCount);
    if (session.#mode !== 'sign-in') session.#operator = await session.#local();
    return session;
  }

  get mode(): UserMode {
    return this.#mode;
  }

  get operator(): Operator | null {
    return this.#operator;
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  get isWallVisible(): boolean {
    return this.#options.settings().showsWall;
  }

  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  state(): ResponseOf<'session.state'> {
    const operator = this.#operator;
    return {
      mode: this.#mode,
      user: operator && { id: operator.id, name: operator.name, role: operator.role },
      is_locked: this.#isLocked,
      shows_wall: this.isWallVisible,
      rights: operator === null ? [] : ROLE_RIGHTS.administrator.filter((right) => operator.may(right)),
      cameras: {
        live: camerasWith(operator, 'live'),
        playback: camerasWith(operator, 'playback'),
        export: camerasWith(operator, 'export'),
      },
    };
  }

  subscribe(push: (value: ResponseOf<'session.state'>) => void): () => void {
    push(this.state());
    const listening = this.#changed.on(() => push(this.state()));
    return () => void listening.dispose();
  }

  /** @throws VasError unavailable when it cannot be kept */
  async setUp(
    choice: { mode: 'single' } | { mode: 'sign-in'; name: string; password: string },
  ): Promise<void> {
    const { store, clock, passwords } = this.#options;
    const nowUs = clock.wallUs();
    if (choice.mode === 'single') {
      await store.write.setSetting(USER_MODE, 'single', nowUs);
      this.#become('single', await this.#local());
      return;
    }
    const local = await store.read.localUser();
    if (local.deletedUs !== null)
      throw new VasError(
        'conflict',
        'The first user of this workstation was deleted. End the application and start it once with --reset-admin.',
      );
    const hash = await passwords.hash(choice.password);
    await store.transact([
      {
        name: 'updateUser',
        args: [local.id, { name: choice.name, role: 'administrator', access: 'all', isDisabled: false }],
      },
      { name: 'setPassword', args: [local.id, hash] },
      { name: 'setSetting', args: [USER_MODE, 'sign-in', nowUs] },
    ]);
    await this.#signedIn(await store.read.localUser());
  }

  /** @throws VasError forbidden {code: 'wrong' | 'wait'} */
  async signIn(name: string, password: string): Promise<void> {
    if (this.#mode !== 'sign-in')
      throw new VasError('conflict', 'This workstation is used without signing in.');
    const user = await this.#checked(name, password, 'session.sign-in');
    await this.#leave(this.#operator);
    await this.#signedIn(user);
    await this.#options.audit.record({ action: 'session.sign-in', by: user });
  }

  async signOut(): Promise<void> {
    if (this.#mode !== 'sign-in' || this.#operator === null) return;
    const operator = this.#operator;
    // First: whoever signs in while it is written down stays signed in.
    this.#become('sign-in', null);
    await this.#leave(operator);
  }

  /** @throws VasError conflict where there is no password to unlock it with */
  async lock(why: 'asked' | 'idle' = 'asked'): Promise<void> {
    const operator = this.#operator;
    if (this.#mode !== 'sign-in')
      throw new VasError(
        'conflict',
        'This workstation is used without signing in, so there is nothing to lock.',
      );
    if (operator === null || this.#isLocked) return;
    this.#isLocked = true;
    this.#stopIdle();
    this.#changed.emit();
    await this.#options.audit.record({ action: 'session.lock', detail: { why }, by: operator });
  }

  /** @throws VasError forbidden {code: 'wrong' | 'wait'} */
  async unlock(password: string): Promise<void> {
    const operator = this.#operator;
    if (operator === null || !this.#isLocked) return;
    await this.#checked(operator.name, password, 'session.unlock');
    this.#isLocked = false;
    this.touch();
    this.#changed.emit();
    await this.#options.audit.record({ action: 'session.unlock', by: operator });
  }

  /** @throws VasError forbidden when the current one is wrong */
  async changePassword(current: string, next: string): Promise<void> {
    const { store, passwords } = this.#options;
    const operator = this.#operator;
    if (operator === null || this.#mode !== 'sign-in')
      throw new VasError('conflict', 'This workstation is used without signing in. There is no password.');
    await this.#checked(operator.name, current, 'session.change-password');
    await store.write.setPassword(operator.id, await passwords.hash(next));
  }

  /** Somebody is there: the idle time begins anew. */
  touch(): void {
    this.#stopIdle();
    const minutes = this.#options.settings().lockAfterMinutes;
    if (this.#mode !== 'sign-in' || this.#operator === null || this.#isLocked || minutes === null) return;
    this.#idle = this.#options.clock.after(minutes * 60_000, () => {
      this.#idle = null;
      void this.lock('idle').catch(() => undefined);
    });
  }

  /** After users or settings were changed: rights count at once, and who may not be here any more is signed out. */
  refresh(): Promise<void> {
    this.touch();
    // One after the other, so that what was read last counts.
    return this.#refreshing.run('', () => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const operator = this.#operator;
    if (this.#mode === 'sign-in' && operator !== null) {
      const user = await this.#options.store.read.getUser(operator.id);
      // Signed out, or somebody else is here meanwhile: every window has been told.
      if (this.#operator?.id !== operator.id) return;
      if (user === null || user.isDisabled || user.deletedUs !== null) return this.signOut();
      this.#operator = new Operator(user);
    }
    this.#changed.emit();
  }

  dispose(): void {
    this.#stopIdle();
  }

  /** The one who works where nobody signs in: with all rights. */
  async #local(): Promise<Operator> {
    const { id, name } = await this.#options.store.read.localUser();
    return new Operator({ id, name, role: 'administrator', access: 'all', cameras: [] });
  }

  async #signedIn(user: UserRow): Promise<void> {
    const { store, clock } = this.#options;
    this.#become('sign-in', new Operator(user));
    await this.#noted(store.write.noteSignIn(user.id, clock.wallUs()));
  }

  /** Who was signed in before nobody or somebody else is. */
  async #leave(operator: Operator | null): Promise<void> {
    if (operator !== null) await this.#options.audit.record({ action: 'session.sign-out', by: operator });
  }

  #become(mode: UserMode, operator: Operator | null): void {
    this.#mode = mode;
    this.#operator = operator;
    this.#isLocked = false;
    this.touch();
    this.#changed.emit();
  }

  /** What is only noted keeps nobody out when the database cannot be written. */
  async #noted(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.#options.log.error({ reason: messageOf(error) }, 'what is known of a sign-in cannot be kept');
    }
  }

  #stopIdle(): void {
    this.#idle?.cancel();
    this.#idle = null;
  }

  /** The user whose password this is. The answer does not tell whether the name or the password was wrong. */
  async #checked(name: string, password: string, action: string): Promise<UserRow> {
    const { store, passwords, audit, clock } = this.#options;
    const user = await store.read.findUser(name.trim());
    const by = user ?? { id: null, name: name.trim().slice(0, 64) || APPLICATION.name };
    const wait = this.#attempts.secondsToWait(name);
    if (wait > 0) {
      await audit.record({ action, outcome: 'refused', detail: { reason: 'wait', seconds: wait }, by });
      throw new VasError('forbidden', `Too many wrong passwords. Try again in ${String(wait)} s.`, {
        details: { code: 'wait', seconds: wait },
      });
    }
    const mayEnter = user !== null && !user.isDisabled && user.hasPassword;
    const encoded = mayEnter ? await store.read.getPasswordHash(user.id) : null;
    const { isRight, upgraded } = await passwords.verify(password, encoded);
    if (!mayEnter || !isRight) {
      const count = this.#attempts.failed(name);
      if (user !== null) await this.#noted(store.write.noteFailedSignIn(user.id, clock.wallUs()));
      await audit.record({ action, outcome: 'refused', detail: { reason: 'wrong', attempt: count }, by });
      throw new VasError(
        'forbidden',
        action === 'session.sign-in' ? 'Name or password is wrong.' : 'The password is wrong.',
        { details: { code: 'wrong' } },
      );
    }
    this.#attempts.succeeded(name);
    if (upgraded !== null) await this.#noted(store.write.setPassword(user.id, upgraded));
    return user;
  }
}

/** Null: all. */
function camerasWith(operator: Operator | null, right: CameraRight): string[] | null {
  const ids = operator === null ? [] : operator.camerasWith(right);
  return ids === null ? null : [...ids];
}
