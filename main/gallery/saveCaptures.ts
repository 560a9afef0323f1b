import { copyFile, mkdtemp, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ResponseOf } from '../../contract';
import type { CaptureItem } from '../../contract/gallery';
import { messageOf, VasError } from '../base/errors';
import type { NativeDialogs } from '../settings/dialogs';
import type { CaptureRow } from '../store/types';
import { fileNameOf, freeName } from './fileNames';
import type { FailedItem } from './gallery';

export interface SaveOptions {
  readonly dialogs: Pick<NativeDialogs, 'saveFile' | 'chooseFolder'>;
  readonly row: (item: CaptureItem) => Promise<CaptureRow>;
  /** Absolute path of picture or clip; null when it is gone. */
  readonly fileOf: (item: CaptureItem) => Promise<string | null>;
}

/**
 * Copies captures to where the person chooses in a dialog of the desktop: one to a file, several into a folder,
 * where nothing that is there is replaced. A file appears under its name when it is whole.
 * @throws VasError not_found, unavailable (one capture that cannot be written)
 */
export async function saveCaptures(
  { dialogs, row, fileOf }: SaveOptions,
  items: readonly CaptureItem[],
): Promise<ResponseOf<'captures.save'>> {
  const [only] = items;
  if (items.length === 1 && only !== undefined) {
    const { name, extension } = fileNameOf(await row(only));
    const kind = { name: only.kind === 'snapshot' ? 'Picture' : 'Video', extension };
    const target = await dialogs.saveFile({
      title: 'Save a copy',
      suggestedName: `${name}.${extension}`,
      kind,
    });
    if (target === null) return { saved: null };
    try {
      await copyWhole(await sourceOf(fileOf, only), target, true);
    } catch (cause) {
      if (cause instanceof VasError) throw cause;
      throw new VasError('unavailable', `The copy cannot be written to ${target}: ${messageOf(cause)}`, {
        cause,
      });
    }
    return { saved: { path: target, files: 1, failed: [] } };
  }
  const folder = await dialogs.chooseFolder({ title: 'Save copies', button: 'Save here' });
  if (folder === null) return { saved: null };
  const failed: FailedItem[] = [];
  let files = 0;
  for (const item of items)
    try {
      const source = await sourceOf(fileOf, item);
      const { name, extension } = fileNameOf(await row(item));
      await copyUnder(source, folder, name, extension);
      files++;
    } catch (error) {
      failed.push({ ...item, message: messageOf(error) });
    }
  return { saved: { path: folder, files, failed } };
}

async function sourceOf(fileOf: SaveOptions['fileOf'], item: CaptureItem): Promise<string> {
  const source = await fileOf(item);
  if (source === null) throw new VasError('not_found', 'Its file is gone.');
  return source;
}

/** Under the first name that is free. @throws Error of the file system */
async function copyUnder(source: string, folder: string, name: string, extension: string): Promise<void> {
  for (let turn = 0; ; turn++)
    try {
      return await copyWhole(source, path.join(folder, freeName(name, extension, turn)), false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || turn >= 999) throw error;
    }
}

/** Through a file beside it, in a folder of its own, so that a full disk leaves nothing half. */
async function copyWhole(source: string, target: string, replaces: boolean): Promise<void> {
  if (path.resolve(source) === path.resolve(target))
    throw new VasError('conflict', 'This is the capture itself. Choose another place.');
  const beside = await mkdtemp(path.join(path.dirname(target), '.vas-copy-'));
  try {
    const half = path.join(beside, 'copy');
    await copyFile(source, half);
    // Refuses a name that is taken; the rename then replaces our own empty file.
    if (!replaces) await (await open(target, 'wx')).close();
    await rename(half, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
