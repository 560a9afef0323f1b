// What a model folder can hold: whatever model.yaml says, it is read, or every problem is told in words (INV-67).
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { importModel } from './importModel';
import { parseManifest, readModelFolder } from './manifest';

/** Every description that is shipped, and inputs that once failed. */
const CORPUS = [
  ...readdirSync('models')
    .filter((name) => name !== 'runtime')
    .map((name) => path.join('models', name, 'model.yaml')),
  ...readdirSync('main/containers/testing/modelYaml').map((name) =>
    path.join('main/containers/testing/modelYaml', name),
  ),
].map((file) => readFileSync(file, 'utf8'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-yaml-'));
  await writeFile(path.join(folder, 'm.onnx'), 'x');
  await writeFile(path.join(folder, 'model.yaml'), stringify(good));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function judge(text: string): void {
  const said = parseManifest(text);
  if (said.ok) {
    const { manifest } = said;
    expect(manifest.model_id).toMatch(/^[a-z0-9][a-z0-9._-]{0,47}$/);
    for (const name of [manifest.model_weights, manifest.handler, manifest.output_schema.class_names_file])
      if (name !== undefined) expect(path.basename(name)).toBe(name);
    return;
  }
  expect(said.problems.length).toBeGreaterThan(0);
  for (const problem of said.problems) expect(problem.length).toBeGreaterThan(5);
}

const KEYS = [
  ...[
    'model_id',
    'model_name',
    'model_version',
    'model_type',
    'model_weights',
    'expected_resolution',
    'handler',
  ],
  ...[
    'input_tensor',
    'output_schema',
    'confidence_threshold',
    'companion_models',
    'threads',
    '__proto__',
    'x',
  ],
];
const value = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>('m', 'm.onnx', 'onnx', '../../etc/passwd', '/dev/zero', ''),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, 0, -1, 1e308, NaN, true, [], {}, { type: 'yolov8' }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const described = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: KEYS.length });
const good = {
  model_id: 'm',
  model_name: 'M',
  model_version: '1',
  model_type: 'onnx',
  model_weights: 'm.onnx',
};

describe('model.yaml', { timeout: 120_000 }, () => {
  it('INV-67: any keys and values are read, or refused in words', () => {
    fc.assert(
      fc.property(described, (fields) => judge(stringify({ ...good, ...fields }))),
      { numRuns: 200 },
    );
  });

  it('INV-67: any text is, and what is known with anything put into it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ': ',
        '- ',
        '&a ',
        '*a',
        '!!js/function ',
        '{',
        '[',
        '|',
        '>',
        '%',
        '\t',
        '\u0000',
        '"',
        '---\n',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...CORPUS), fc.nat(), fc.nat(60), piece, (text, at, cut, put) => {
        const place = at % (text.length + 1);
        judge(text.slice(0, place) + put + text.slice(place + cut));
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => judge(pieces.join(''))),
      { numRuns: 150 },
    );
  });
});

describe('a model folder that holds what is no file', () => {
  const made = async (name: string) => {
    const at = path.join(folder, name);
    await mkdir(at);
    return at;
  };

  it('INV-67: is refused, and nothing waits for a pipe or reads a device', async () => {
    const pipe = await made('pipe');
    execFileSync('mkfifo', [path.join(pipe, 'model.yaml')]);
    const device = await made('device');
    await symlink('/dev/zero', path.join(device, 'model.yaml'));
    const other = await made('other');
    await symlink(path.join(folder, 'model.yaml'), path.join(other, 'model.yaml'));
    const names = await made('names');
    execFileSync('mkfifo', [path.join(names, 'classes.txt')]);
    await writeFile(path.join(names, 'm.onnx'), 'x');
    await writeFile(
      path.join(names, 'model.yaml'),
      stringify({ ...good, output_schema: { type: 'yolov8', class_names_file: 'classes.txt' } }),
    );
    for (const [at, why] of [
      [pipe, /no ordinary file/],
      [device, /outside the model folder/],
      [other, /outside the model folder/],
      [names, /is not a file/],
    ] as const) {
      const reading = await readModelFolder(at);
      expect(reading.ok ? '' : reading.problems.join()).toMatch(why);
    }
  });

  it('is not imported with a pipe in it', async () => {
    const source = await made('source');
    await writeFile(path.join(source, 'm.onnx'), 'x');
    await writeFile(
      path.join(source, 'model.yaml'),
      stringify({ ...good, output_schema: { type: 'yolov8' } }),
    );
    execFileSync('mkfifo', [path.join(source, 'more')]);
    await expect(
      importModel(source, path.join(folder, 'imported'), new Set(), { program: false }),
    ).rejects.toThrow('more is a device, pipe or socket');
  });
});
