import { randomUUID } from 'node:crypto';
import type { RequestOf } from '../../contract';
import type { User } from '../../contract/users';
import type { Clock } from '../base/clock';
import { VasError } from '../base/errors';
import type { Store, UserRow } from '../store/types';
import type { Passwords } from './passwords';
import type { WorkstationSession } from './workstationSession';

const isoFromUs = (us: number): string => new Date(us / 1000).toISOString();

/** Who is known here. What is changed counts for who works here now, at once. */
export class Users {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #passwords: Passwords;
  readonly #session: WorkstationSession;

  constructor(options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly passwords: Passwords;
    readonly session: WorkstationSession;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#passwords = options.passwords;
    this.#session = options.session;
  }

  async list(): Promise<User[]> {
    return (await this.#store.read.listUsers()).map((row) => this.#shape(row));
  }

  /** @throws VasError conflict when there is a user of this name */
  async create(request: RequestOf<'users.create'>): Promise<User> {
    const { name, role, access, cameras } = request;
    const id = randomUUID();
    const password = await this.#passwords.hash(request.password);
    await this.#store.write.createUser({
      ...{ id, name, role, password, access, nowUs: this.#clock.wallUs() },
      cameras: access === 'all' ? [] : cameras,
    });
    return this.#get(id);
  }

  /** @throws VasError not_found, conflict (name taken, or no administrator would be left) */
  async update(request: RequestOf<'users.update'>): Promise<User> {
    const { id, name, role, access, cameras, is_disabled: isDisabled } = request;
    await this.#get(id);
    await this.#store.write.updateUser(id, {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(access === undefined ? {} : { access }),
      ...(cameras === undefined ? {} : { cameras }),
      ...(isDisabled === undefined ? {} : { isDisabled }),
    });
    await this.#session.refresh();
    return this.#get(id);
  }

  /** @throws VasError not_found */
  async resetPassword(id: string, password: string): Promise<void> {
    await this.#get(id);
    await this.#store.write.setPassword(id, await this.#passwords.hash(password));
  }

  /** @throws VasError not_found, conflict when no administrator would be left */
  async delete(id: string): Promise<void> {
    await this.#store.write.deleteUser(id, this.#clock.wallUs());
    await this.#session.refresh();
  }

  async #get(id: string): Promise<User> {
    const row = await this.#store.read.getUser(id);
    if (row === null || row.deletedUs !== null)
      throw new VasError('not_found', 'There is no such user. It may have been deleted.');
    return this.#shape(row);
  }

  #shape(row: UserRow): User {
    return {
      ...{ id: row.id, name: row.name, role: row.role, access: row.access },
      cameras: row.cameras.map((one) => ({ ...one })),
      is_disabled: row.isDisabled,
      has_password: row.hasPassword,
      signed_in_at: row.signedInUs === null ? null : isoFromUs(row.signedInUs),
      created_at: isoFromUs(row.createdUs),
      is_current: this.#session.operator?.id === row.id,
    };
  }
}
