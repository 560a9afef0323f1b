import { randomUUID } from 'node:crypto';
import type { RequestOf, ResponseOf } from '../../contract';
import type { Layout, LayoutContent } from '../../contract/layouts';
import { MOST_LAYOUTS } from '../../contract/layouts';
import { VasError } from '../base/errors';
import type { LayoutRow, Store } from '../store/types';
import { keepingHidden, refuseHidden } from './hiddenTiles';

type Push = (value: { revision: number }) => void;
type MayWatch = (cameraId: string) => boolean;

const everything: MayWatch = () => true;

/** The named layouts of the wall, and word to every window when they change. */
export class LayoutBook {
  readonly #store: Pick<Store, 'read' | 'write'>;
  readonly #nowUs: () => number;
  readonly #listeners = new Set<Push>();
  #revision = 0;

  constructor(store: Pick<Store, 'read' | 'write'>, nowUs: () => number) {
    this.#store = store;
    this.#nowUs = nowUs;
  }

  /** Pushes the present revision at once and each new one; returns how to stop. */
  readonly subscribe = (push: Push): (() => void) => {
    this.#listeners.add(push);
    push({ revision: this.#revision });
    return () => void this.#listeners.delete(push);
  };

  /** The store was changed by somebody else. */
  reload(): void {
    this.#changed();
  }

  async list(): Promise<ResponseOf<'layouts.list'>> {
    return { layouts: (await this.#store.read.listLayouts()).map(toLayout) };
  }

  /** @throws VasError conflict when the name is taken or there are too many, not_found for an unknown camera */
  async create({ name, content }: RequestOf<'layouts.create'>): Promise<Layout> {
    if ((await this.#store.read.listLayouts()).length >= MOST_LAYOUTS)
      throw new VasError(
        'conflict',
        `There are ${String(MOST_LAYOUTS)} layouts already. Delete one that is no longer used.`,
      );
    const row = await this.#store.write.createLayout({
      id: randomUUID(),
      name,
      ...toRows(content),
      nowUs: this.#nowUs(),
    });
    this.#changed();
    return toLayout(row);
  }

  /**
   * @param mayWatch whoever saves it, each camera: the others stay in their tiles
   * @throws VasError not_found, conflict when the name is taken, forbidden when others' cameras would be lost
   */
  async update(
    { id, name, content }: RequestOf<'layouts.update'>,
    mayWatch: MayWatch = everything,
  ): Promise<Layout> {
    const stored = content === undefined ? undefined : await this.#find(id);
    const whole =
      content === undefined || stored === undefined
        ? content
        : keepingHidden(stored.content, content, mayWatch);
    const row = await this.#store.write.updateLayout(id, {
      ...(name === undefined ? {} : { name }),
      ...(whole === undefined ? {} : { content: toRows(whole) }),
      nowUs: this.#nowUs(),
    });
    this.#changed();
    return toLayout(row);
  }

  /** @throws VasError not_found, forbidden when it holds cameras that whoever deletes it may not watch */
  async delete(id: string, mayWatch: MayWatch = everything): Promise<void> {
    const stored = await this.#find(id);
    if (stored !== undefined) refuseHidden(stored.content, mayWatch);
    await this.#store.write.deleteLayout(id);
    this.#changed();
  }

  /** @throws VasError conflict when `ids` are not all layouts that exist */
  async reorder(ids: readonly string[]): Promise<void> {
    await this.#store.write.reorderLayouts(ids);
    this.#changed();
  }

  async #find(id: string): Promise<Layout | undefined> {
    return (await this.list()).layouts.find((layout) => layout.id === id);
  }

  #changed(): void {
    this.#revision++;
    for (const push of [...this.#listeners]) push({ revision: this.#revision });
  }
}

function toLayout(row: LayoutRow): Layout {
  const { id, name, kind } = row;
  const tiles = row.tiles.map(({ deviceId, place }) => ({ device_id: deviceId, place }));
  const instantOf = (us: number) => new Date(us / 1000).toISOString();
  return {
    ...{ id, name, content: { kind, tiles } },
    created_at: instantOf(row.createdUs),
    updated_at: instantOf(row.updatedUs),
  };
}

function toRows({ kind, tiles }: LayoutContent): Pick<LayoutRow, 'kind' | 'tiles'> {
  return { kind, tiles: tiles.map(({ device_id, place }) => ({ deviceId: device_id, place })) };
}
