import type { z } from 'zod';
import type { WriteCall } from '../../../store/protocol';
import type { Store } from '../../../store/types';

/** What a section needs to read the workstation. */
export interface SectionContext {
  readonly store: Store;
  /** Microseconds since the epoch, stamped on what is written. */
  readonly nowUs: number;
  /** Of whoever saves or restores. */
  readonly userId: string;
}

/** What sections tell each other while a backup is restored. */
export interface RestoreContext extends SectionContext {
  /** Id of a camera here by its id in the file; filled by the cameras. */
  readonly cameraIds: Map<string, string>;
  /** Names of the cameras of file and workstation by their id here; filled by the cameras. */
  readonly cameraNames: Map<string, string>;
  /** Sealed passwords by id of the camera in the file. */
  readonly sealedPasswords: ReadonlyMap<string, Uint8Array>;
}

/** What restoring does to one section, in terms of its entries. */
export interface Change<V> {
  readonly added: readonly V[];
  readonly changed: readonly V[];
  /** Empty unless the operator wants what is missing in the file removed. */
  readonly removed: readonly V[];
}

/**
 * One kind of thing in a backup. To add one: a file like the others, a line in `index.ts`.
 * Entries are plain JSON without anything that only this workstation knows.
 */
export interface BackupSection<V> {
  readonly name: string;
  readonly schema: z.ZodType<V>;
  /** Tells entries of one section apart. */
  keyOf(entry: V): string;
  /** For the operator. */
  labelOf(entry: V, context: RestoreContext): string;
  /** What is there now. */
  read(context: SectionContext): Promise<readonly V[]>;
  /** Entries of the file as they would be here, e.g. with the ids of this workstation. */
  adapt(entries: readonly V[], context: RestoreContext): Promise<readonly V[]>;
  /** More than the entry itself counts as its content, e.g. a password. Default: nothing. */
  changesBesides?(entry: V, context: RestoreContext): boolean;
  /** Writes that make it so, in their order. */
  write(change: Change<V>, context: RestoreContext): Promise<readonly WriteCall[]>;
}

/** A section whose type of entries nobody outside needs to know. */
export interface AnySection {
  readonly name: string;
  readonly schema: z.ZodType;
  use<R>(with_: <V>(section: BackupSection<V>) => R): R;
}

export function anySection<V>(section: BackupSection<V>): AnySection {
  return { name: section.name, schema: section.schema, use: (with_) => with_(section) };
}
