import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EvidenceExport } from '../../contract/evidence';
import { iso } from './manifestOf';
import type { DoneSlice, PackageOrder } from './order';
import type { PackageServices } from './packageWriter';
import { PackageWriter, sealedFile } from './packageWriter';
import { INCOMPLETE, MANIFEST, SIGNATURE } from './verifier/manifest';

/** One package: its order, how far it is, and what is needed to go on. */
export interface Job {
  readonly writer: PackageWriter;
  /** Who began it, or went on with it last. */
  by: { readonly id: string; readonly name: string };
  /** In memory only. */
  passphrase: string | undefined;
  state: EvidenceExport;
  abort: AbortController;
}

export function jobOf(
  services: PackageServices,
  order: PackageOrder,
  begun: {
    readonly state: 'running' | 'interrupted';
    readonly done?: readonly DoneSlice[];
    readonly passphrase?: string;
  },
): Job {
  const done = begun.done ?? [];
  const files = done.flatMap((slice) => slice.files);
  const { id, cameras, range, folder, encrypted, reason, rendition, operator } = order;
  return {
    writer: new PackageWriter(services, order, done),
    by: { id: operator.id, name: operator.name },
    passphrase: begun.passphrase,
    abort: new AbortController(),
    state: {
      ...{ id, path: folder, camera_ids: cameras.map((one) => one.id) },
      ...{
        start: iso(range.fromUs),
        end: iso(range.toUs),
        state: begun.state,
        step: 'cutting',
        step_share: null,
      },
      ...{ files: done.length, files_total: cameras.reduce((sum, { slices }) => sum + slices.length, 0) },
      ...{ bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), bytes_total: order.bytes },
      ...{ message: null, encrypted, reason, rendition },
      needs_passphrase: encrypted && begun.passphrase === undefined,
    },
  };
}

/** Whether a package was complete when the application ended before it could be noted. */
export async function isComplete({ folder, encrypted }: PackageOrder): Promise<boolean> {
  const has = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if (encrypted) return has(sealedFile(folder));
  return (
    (await has(path.join(folder, MANIFEST))) &&
    (await has(path.join(folder, SIGNATURE))) &&
    !(await has(path.join(folder, INCOMPLETE)))
  );
}

/** Everything that was written of one that is not complete. */
export async function removePackage({ folder, encrypted }: PackageOrder): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  if (encrypted) await rm(`${sealedFile(folder)}.part`, { force: true });
}
