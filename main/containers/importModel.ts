import { randomBytes } from 'node:crypto';
import { cp, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFolder } from '../../contract/inference/control';
import { VasError, messageOf } from '../base/errors';
import { MAX_WEIGHTS_BYTES, readModelFolder } from './manifest';

/** A model folder has a handful of files; whatever has more is another folder, chosen by mistake. */
const MAX_FILES = 50;

/** What a person has agreed to besides taking the model in. */
export interface ImportConsent {
  /** The model's own program (`handler`) may run on this computer with the user's rights. */
  readonly program: boolean;
}

/**
 * Reads and checks a model folder before it is imported; nothing of it runs.
 * @throws as `importModel`
 */
export async function inspectModel(
  source: string,
  taken: ReadonlySet<string>,
): Promise<{ model: ModelFolder; weightsBytes: number }> {
  await checkSize(source);
  const model = await checked(source, taken);
  const { size } = await stat(path.join(source, model.manifest.model_weights));
  return { model, weightsBytes: size };
}

/**
 * Copies a model folder into the application's own, after checking it; what was there is left alone on every
 * failure. Does not start it.
 * @param source folder that the user chose, absolute
 * @param importedDir the imported models' folder
 * @param taken ids that exist already
 * @returns the model's id
 * @throws VasError invalid with every problem in `details.problems`; conflict when the id is taken; bad_request
 *   when it brings a program and nobody agreed to that
 */
export async function importModel(
  source: string,
  importedDir: string,
  taken: ReadonlySet<string>,
  consent: ImportConsent,
): Promise<string> {
  await checkSize(source);
  // Checked before the copy, so that a wrong folder costs nothing, and after it, because it might have changed.
  agreed(await checked(source, taken), consent);
  await mkdir(importedDir, { recursive: true, mode: 0o700 });
  const partial = path.join(importedDir, `.import-${randomBytes(6).toString('hex')}`);
  try {
    // Links are copied as links, which the second check refuses where they lead out of the folder.
    await cp(source, partial, { recursive: true, errorOnExist: true, verbatimSymlinks: true });
    const id = agreed(await checked(partial, taken), consent);
    const target = path.join(importedDir, id);
    // Left over from a model that became unusable: the new one takes its place.
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
    return id;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function checkSize(source: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(source, { recursive: true });
  } catch (error) {
    throw new VasError('invalid', `The folder cannot be read: ${messageOf(error)}`, { cause: error });
  }
  if (names.length > MAX_FILES)
    throw new VasError('invalid', `This is no model folder: it holds more than ${MAX_FILES} files.`);
  let bytes = 0;
  for (const name of names) {
    const entry = await lstat(path.join(source, name)).catch(() => null);
    // Of a device there is no end to copy, and a pipe waits for whoever writes to it.
    if (entry && !entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink())
      throw new VasError('invalid', `This is no model folder: ${name} is a device, pipe or socket.`);
    bytes += entry?.isFile() ? entry.size : 0;
  }
  if (bytes > MAX_WEIGHTS_BYTES + 2 ** 28) throw new VasError('invalid', 'The model is larger than 2 GiB.');
}

function agreed({ manifest }: ModelFolder, consent: ImportConsent): string {
  if (manifest.handler !== undefined && !consent.program)
    throw new VasError(
      'bad_request',
      `The model ${manifest.model_id} brings a program of its own (${manifest.handler}). Confirm that it may run.`,
      { details: { model_id: manifest.model_id, handler: manifest.handler } },
    );
  return manifest.model_id;
}

async function checked(folder: string, taken: ReadonlySet<string>): Promise<ModelFolder> {
  const reading = await readModelFolder(folder);
  if (!reading.ok)
    throw new VasError('invalid', `The model cannot be used: ${reading.problems.join('; ')}.`, {
      details: { reason: reading.reason, problems: reading.problems },
    });
  const id = reading.model.manifest.model_id;
  if (taken.has(id))
    throw new VasError(
      'conflict',
      `There is already a model ${id}. Give the new one another model_id in its model.yaml.`,
      { details: { model_id: id } },
    );
  return reading.model;
}
