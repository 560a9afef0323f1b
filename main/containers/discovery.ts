import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFolder } from '../../contract/inference/control';
import type { ModelProblem } from './manifest';
import { readModelFolder } from './manifest';

export interface AvailableModel {
  readonly id: string;
  readonly origin: 'shipped' | 'imported';
  readonly model: ModelFolder;
  /** Loaded into the same container, in the order of model.yaml. */
  readonly companions: readonly ModelFolder[];
}

export interface UnusableModel extends ModelProblem {
  /** Name of the folder (reference 4.6). */
  readonly folderName: string;
  readonly origin: 'shipped' | 'imported';
}

export interface Discovery {
  readonly available: readonly AvailableModel[];
  readonly unusable: readonly UnusableModel[];
}

/** One folder whose sub-folders are models. */
export interface ModelRoot {
  readonly origin: 'shipped' | 'imported';
  /** Absolute path; may be missing. */
  readonly folder: string;
}

/**
 * Reads every model folder, in the order of the roots and then of the names. A folder that is no model is reported,
 * never an exception (INV-67); of two models with one id the first counts and the second is reported.
 */
export async function discoverModels(roots: readonly ModelRoot[]): Promise<Discovery> {
  const found = new Map<string, { origin: ModelRoot['origin']; model: ModelFolder; folderName: string }>();
  const unusable: UnusableModel[] = [];
  for (const { origin, folder } of roots) {
    for (const folderName of await subFolders(folder)) {
      const reading = await readModelFolder(path.join(folder, folderName));
      if (!reading.ok) {
        unusable.push({ folderName, origin, reason: reading.reason, problems: reading.problems });
        continue;
      }
      const id = reading.model.manifest.model_id;
      const earlier = found.get(id);
      if (earlier) {
        const problem = `model_id: ${id} is already used by the ${earlier.origin} model in ${earlier.folderName}`;
        unusable.push({ folderName, origin, reason: 'invalid_model_yaml', problems: [problem] });
      } else found.set(id, { origin, model: reading.model, folderName });
    }
  }
  const available: AvailableModel[] = [];
  for (const [id, { origin, model, folderName }] of found) {
    const wanted = model.manifest.companion_models;
    const missing = wanted.filter((companion) => companion === id || !found.has(companion));
    if (missing.length > 0) {
      const problems = [`companion_models: there is no other usable model ${missing.join(', ')}`];
      unusable.push({ folderName, origin, reason: 'invalid_model_yaml', problems });
      continue;
    }
    const companions = wanted.flatMap((companion) => found.get(companion)?.model ?? []);
    available.push({ id, origin, model, companions });
  }
  return { available, unusable };
}

/** `runtime` is the program of all containers, not a model. Hidden folders are imports under way. */
async function subFolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && entry.name !== 'runtime' && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
