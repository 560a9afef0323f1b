import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { YAMLParseError, parse } from 'yaml';
import type { z } from 'zod';
import type { ModelFolder } from '../../contract/inference/control';
import type { ModelManifest } from '../../contract/inference/manifest';
import { modelManifest } from '../../contract/inference/manifest';
import { messageOf } from '../base/errors';
import { readOrdinaryFile } from '../base/ordinaryFile';

/** A model.yaml larger than this is none, bytes. */
const MAX_YAML_BYTES = 256 * 1024;
/** A file of class names larger than this is none, bytes. */
const MAX_NAMES_BYTES = 1024 ** 2;
/** Weights larger than this are refused, bytes. */
export const MAX_WEIGHTS_BYTES = 2 * 1024 ** 3;

/** Why a folder is no model: the reference's two reasons (4.6) and, of ours, what exactly is wrong. */
export interface ModelProblem {
  readonly reason: 'missing_model_yaml' | 'invalid_model_yaml';
  /** One line each, naming key and remedy. */
  readonly problems: readonly string[];
}

export type ModelReading =
  { readonly ok: true; readonly model: ModelFolder } | ({ readonly ok: false } & ModelProblem);

/**
 * Reads and checks one model folder; never throws for what is in it (INV-67). All problems that can be found are
 * listed at once.
 * @param folder absolute path
 */
export async function readModelFolder(folder: string): Promise<ModelReading> {
  const file = path.join(folder, 'model.yaml');
  let text: string;
  try {
    if (path.dirname(await realpath(file)) !== (await realpath(folder)))
      return invalid('model.yaml is a link to a file outside the model folder');
    text = await readOrdinaryFile(file, MAX_YAML_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { ok: false, reason: 'missing_model_yaml', problems: ['the folder has no file model.yaml'] };
    return invalid(`model.yaml cannot be read: ${messageOf(error)}`);
  }
  const said = parseManifest(text);
  if (!said.ok) return said;
  const { manifest } = said;

  const problems: string[] = [];
  problems.push(...(await checkFile(folder, 'model_weights', manifest.model_weights, MAX_WEIGHTS_BYTES)));
  if (manifest.handler !== undefined)
    problems.push(...(await checkFile(folder, 'handler', manifest.handler, 16 * 1024 ** 2)));
  if (manifest.output_schema.type === 'handler' && manifest.handler === undefined)
    problems.push('output_schema.type: handler needs the key handler with the name of the module');
  if (manifest.companion_models.length > 0 && manifest.handler === undefined)
    problems.push('companion_models: only a handler can use them; add the key handler');
  const names = await readClassNames(folder, manifest.output_schema);
  if (typeof names === 'string') problems.push(names);
  if (problems.length > 0 || typeof names === 'string') return invalid(...problems);
  return { ok: true, model: { manifest, folder, classNames: names } };
}

/** What the text of a model.yaml says, before anything is looked at in the folder. Never throws. */
export function parseManifest(
  text: string,
): { readonly ok: true; readonly manifest: ModelManifest } | ({ readonly ok: false } & ModelProblem) {
  let value: unknown;
  try {
    // Warnings would go to standard error, with the text in them.
    value = parse(text, { maxAliasCount: 20, prettyErrors: true, logLevel: 'error' });
  } catch (error) {
    const [line] = messageOf(error).split('\n', 1);
    const at = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    return invalid(`model.yaml is not valid YAML${at ? ` (line ${at.line})` : ''}: ${line ?? ''}`);
  }
  const parsed = modelManifest.safeParse(value);
  return parsed.success ? { ok: true, manifest: parsed.data } : invalid(...parsed.error.issues.map(sayIssue));
}

const invalid = (...problems: string[]): { readonly ok: false } & ModelProblem => ({
  ok: false,
  reason: 'invalid_model_yaml',
  problems,
});

function sayIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${where === '' ? '' : `${where}: `}unknown key ${issue.keys.join(', ')}; is it misspelt?`;
  const missing =
    issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message);
  return `${where === '' ? 'model.yaml' : where}: ${missing ? 'is missing' : issue.message}`;
}

/** The file must lie in the folder itself, also after symbolic links. */
async function checkFile(folder: string, key: string, name: string, maxBytes: number): Promise<string[]> {
  const file = path.join(folder, name);
  try {
    const real = await realpath(file);
    if (path.dirname(real) !== (await realpath(folder)))
      return [`${key}: ${name} is a link to a file outside the model folder`];
    const facts = await stat(real);
    if (!facts.isFile()) return [`${key}: ${name} is not a file`];
    if (facts.size === 0) return [`${key}: ${name} is empty`];
    if (facts.size > maxBytes) return [`${key}: ${name} is too large`];
    await (await open(real, 'r')).close();
    return [];
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return [
      `${key}: ${name} ${missing ? 'is not in the model folder' : `cannot be read: ${messageOf(error)}`}`,
    ];
  }
}

/** @returns names, or what is wrong */
async function readClassNames(
  folder: string,
  schema: ModelFolder['manifest']['output_schema'],
): Promise<string[] | string> {
  let names = schema.class_names ?? [];
  if (schema.class_names_file !== undefined) {
    if (schema.class_names) return 'output_schema: give either class_names or class_names_file, not both';
    const [key, file] = ['output_schema.class_names_file', schema.class_names_file];
    const [problem] = await checkFile(folder, key, file, MAX_NAMES_BYTES);
    if (problem !== undefined) return problem;
    const text = await readOrdinaryFile(path.join(folder, file), MAX_NAMES_BYTES);
    names = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  if (schema.classes !== undefined && names.length > 0 && names.length !== schema.classes)
    return `output_schema.classes: says ${schema.classes}, but there are ${names.length} names`;
  return [...names];
}
