import type { CameraGroup, RequestOf } from '../../../contract';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { GroupRow, Store } from '../../store/types';

/** Named groups of cameras. A change of them is a change of the list of cameras, which names them. */
export class CameraGroups {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changed = new Emitter<void>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  async list(): Promise<CameraGroup[]> {
    return (await this.#store.read.listGroups()).map(toGroup);
  }

  /** @throws VasError conflict when there is a group of this name */
  create({ name, camera_ids }: RequestOf<'groups.create'>): Promise<CameraGroup> {
    return this.#changing(this.#store.write.createGroup(name, camera_ids, this.#clock.wallUs()));
  }

  /** @throws VasError not_found, conflict */
  rename({ id, name }: RequestOf<'groups.rename'>): Promise<CameraGroup> {
    return this.#changing(this.#store.write.renameGroup(id, name, this.#clock.wallUs()));
  }

  /** Its cameras stay. @throws VasError not_found */
  async delete(id: string): Promise<void> {
    await this.#store.write.deleteGroup(id);
    this.#changed.emit();
  }

  /** Cameras that do not exist any more are left out. @throws VasError not_found */
  changeMembers(
    how: 'set' | 'add' | 'remove',
    { id, camera_ids }: RequestOf<'groups.set-members'>,
  ): Promise<CameraGroup> {
    return this.#changing(this.#store.write.changeGroupMembers(id, how, camera_ids));
  }

  async #changing(row: Promise<GroupRow>): Promise<CameraGroup> {
    const group = toGroup(await row);
    this.#changed.emit();
    return group;
  }
}

function toGroup({ id, name, cameraIds }: GroupRow): CameraGroup {
  return { id, name, camera_ids: [...cameraIds] };
}
