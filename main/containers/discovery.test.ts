import { lstat, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discoverModels } from './discovery';
import { readModelFolder } from './manifest';
import { MAX_SOCKET_PATH_BYTES, openSocketFolder, socketPath } from './sockets';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'vas-disc-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const good = {
  model_id: 'm',
  model_name: 'M',
  model_version: "'1.0'",
  model_type: 'onnx',
  model_weights: 'm.onnx',
  output_schema: '{ type: yolov8 }',
};
const yaml = (over: Record<string, string | null> = {}) =>
  Object.entries({ ...good, ...over })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value ?? ''}`)
    .join('\n');
async function folder(name: string, text: string | null, files: Record<string, string> = { 'm.onnx': 'x' }) {
  const at = path.join(root, name);
  await mkdir(at, { recursive: true });
  if (text !== null) await writeFile(path.join(at, 'model.yaml'), text);
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(at, file), content);
  return at;
}
const problemsOf = async (text: string, files?: Record<string, string>) => {
  const reading = await readModelFolder(await folder('m', text, files));
  return reading.ok ? [] : reading.problems;
};

describe('model.yaml', () => {
  it('needs little; the rest has the defaults of the reference (4.5)', async () => {
    const reading = await readModelFolder(await folder('m', yaml()));
    expect(reading).toMatchObject({
      ok: true,
      model: {
        classNames: [],
        manifest: {
          expected_resolution: [640, 640],
          input_format: 'NV12',
          confidence_threshold: 0.5,
          nms_iou_threshold: null,
          supported_tasks: [],
          resource_requirements: { gpu_required: false, cpu_fallback_allowed: true, gpu_memory_mb: null },
          description: null,
          device: 'auto',
        },
      },
    });
  });

  it.each([
    ['a missing key', { model_name: null }, /^model_name: is missing$/],
    [
      'a version that YAML reads as a number',
      { model_version: '1.0' },
      /^model_version: must be text.*quotation/,
    ],
    ['PyTorch (W-49)', { model_type: 'pytorch' }, /^model_type: must be onnx.*never loaded/],
    ['an id with capitals', { model_id: 'Yolo' }, /^model_id: must be 1 to 48/],
    ['an id that climbs (W-50)', { model_id: '../x' }, /^model_id/],
    ['weights elsewhere', { model_weights: '/etc/passwd' }, /^model_weights: .*without a path/],
    [
      'weights that are not there',
      { model_weights: 'n.onnx' },
      /^model_weights: n.onnx is not in the model folder/,
    ],
    ['a threshold of 7', { confidence_threshold: '7' }, /^confidence_threshold/],
    ['a misspelt key', { confidence_treshold: '0.5' }, /unknown key confidence_treshold/],
    ['an unknown output family', { output_schema: '{ type: yolo99 }' }, /^output_schema/],
    [
      'INV-68: a required card with fallback',
      { resource_requirements: '{ gpu_required: true, cpu_fallback_allowed: true }' },
      /^resource_requirements.cpu_fallback_allowed: .*exclude/,
    ],
    [
      'a required card and the default of the fallback',
      { resource_requirements: '{ gpu_required: true }' },
      /exclude each other/,
    ],
    ['a checksum that is none', { weights_sha256: 'abc' }, /^weights_sha256/],
    ['normalised bytes', { input_tensor: '{ dtype: uint8, scale: 0.5 }' }, /float32/],
    ['a handler that is not there', { handler: 'handler.mjs' }, /^handler: handler.mjs is not in/],
    ['a family without handler', { output_schema: '{ type: handler }' }, /needs the key handler/],
    [
      'names of another number',
      { output_schema: '{ type: yolov8, classes: 3, class_names: [a, b] }' },
      /says 3, but there are 2/,
    ],
    [
      'a file of names that is not there',
      { output_schema: '{ type: yolov8, class_names_file: n.txt }' },
      /n.txt/,
    ],
    ['no YAML', { model_name: '[' }, /not valid YAML.*line/],
  ] as [string, Record<string, string | null>, RegExp][])(
    'says what is wrong with %s',
    async (_n, over, why) => {
      const problems = await problemsOf(yaml(over));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).toMatch(why);
    },
  );

  it('names all problems at once', async () => {
    expect(await problemsOf(yaml({ model_name: null, model_type: 'x', threads: '9' }))).toHaveLength(3);
  });

  it('follows no link out of the folder', async () => {
    const at = await folder('m', yaml(), {});
    await symlink('/etc/hostname', path.join(at, 'm.onnx'));
    expect(await readModelFolder(at)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('outside the model folder') as string],
    });
  });

  it('does not grow from YAML aliases', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghij'
        .split('')
        .map((k, i) => `${k}: &${k} [*${'abcdefghij'[i]}, *${'abcdefghij'[i]}, *${'abcdefghij'[i]}]`),
    ];
    expect((await problemsOf(bomb.join('\n'))).length).toBeGreaterThan(0);
  });
});

describe('discovery', () => {
  it('INV-67: takes what is good, reports the rest and never throws', async () => {
    await folder('a-good', yaml({ model_id: 'good' }));
    await folder('b-empty', null, {});
    await folder('c-bad', 'model_id: [', {});
    await folder('d-twice', yaml({ model_id: 'good' }));
    await folder('runtime', null, {});
    await folder('.import', null, {});
    const found = await discoverModels([
      { origin: 'shipped', folder: root },
      { origin: 'imported', folder: path.join(root, 'nowhere') },
    ]);
    expect(found.available.map(({ id, origin }) => [id, origin])).toEqual([['good', 'shipped']]);
    expect(found.unusable.map(({ folderName, reason }) => [folderName, reason])).toEqual([
      ['b-empty', 'missing_model_yaml'],
      ['c-bad', 'invalid_model_yaml'],
      ['d-twice', 'invalid_model_yaml'],
    ]);
    expect(found.unusable[2]?.problems).toEqual([expect.stringContaining('already used') as string]);
  });

  it('needs companions to be there', async () => {
    const more = { handler: 'h.mjs', companion_models: '[other]' };
    await folder('a', yaml({ model_id: 'a', ...more }), { 'm.onnx': 'x', 'h.mjs': 'x' });
    const alone = await discoverModels([{ origin: 'shipped', folder: root }]);
    expect(alone.unusable[0]?.problems[0]).toMatch(/no other usable model other/);
    await folder('b', yaml({ model_id: 'other' }));
    const both = await discoverModels([{ origin: 'shipped', folder: root }]);
    expect(
      both.available.find(({ id }) => id === 'a')?.companions.map((one) => one.manifest.model_id),
    ).toEqual(['other']);
  });

  it('finds every model that is shipped, with its weights as described', async () => {
    const { available, unusable } = await discoverModels([
      { origin: 'shipped', folder: path.resolve(import.meta.dirname, '../../models') },
    ]);
    expect(unusable).toEqual([]);
    expect(available.map(({ id }) => id)).toEqual([
      'movenet-multipose',
      'movenet-thunder',
      'nanodet-g-416x256',
      'nanodet-g-640x384',
      'ssdlite-mbv2-int8',
    ]);
    for (const { model } of available) {
      expect(model.manifest.weights_sha256).toBeDefined();
      expect(model.manifest.license).toBe('Apache-2.0');
      expect(model.manifest.source).toBeTruthy();
    }
  });
});

describe('the folder of the sockets', () => {
  it('is private, and another one for each data folder', async () => {
    const one = await openSocketFolder(path.join(root, 'one'), root);
    const other = await openSocketFolder(path.join(root, 'other'), root);
    expect(path.dirname(one)).toBe(path.join(root, 'vas'));
    expect(one).not.toBe(other);
    expect(socketPath(one, 'yolo')).toBe(path.join(one, 'vas_model_yolo.sock'));
    expect(() => socketPath(one, '../yolo')).toThrow(/not the id/);
  });

  it('goes to the data folder when the runtime folder is missing or too long', async () => {
    expect(await openSocketFolder(root, undefined)).toBe(path.join(root, 'run/models'));
    const long = path.join(root, 'x'.repeat(MAX_SOCKET_PATH_BYTES));
    expect(await openSocketFolder(root, long)).toBe(path.join(root, 'run/models'));
    await expect(openSocketFolder(long, long, long)).rejects.toThrow(/shorter path/);
  });

  it('goes to the folder for temporary files when the path of the data folder is too long, as that of the demo', async () => {
    const data = path.join('/root/.cache/vas-workstation/demo', 'x'.repeat(20));
    const sockets = await openSocketFolder(data, undefined, root);
    expect(path.dirname(sockets)).toBe(root);
    expect((await lstat(sockets)).mode & 0o777).toBe(0o700);
    expect(await openSocketFolder(`${data}2`, undefined, root), 'one for each data folder').not.toBe(sockets);
    await rm(sockets, { recursive: true });
    await symlink(root, sockets);
    await expect(openSocketFolder(data, undefined, root)).rejects.toThrow(/no place/);
  });
});
