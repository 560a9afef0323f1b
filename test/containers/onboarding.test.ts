// docs/models.md, followed to the letter.
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { silentLogger } from '../../main/base/logger';
import type { ModelContainers } from '../../main/containers/containers';
import { createModelContainers } from '../../main/containers/containers';
import { dryRun } from '../../main/containers/dryRun';
import { decodeStill } from '../../main/containers/stillPicture';
import { importModel, inspectModel } from '../../main/containers/importModel';
import { createNodeLauncher } from '../../main/containers/nodeLauncher';
import { modelsFolder } from '../detections/service';
import { brightQuarters } from '../onnx/brightQuarters';
import { brightQuartersV8 } from '../onnx/brightQuartersV8';
import { entry } from './world';

let root: string;
let chosen: string;
let imported: string;
let containers: ModelContainers;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'vas-onb-'));
  chosen = path.join(root, 'usb-stick', 'bright-quarters');
  imported = path.join(root, 'data', 'models');
  await mkdir(chosen, { recursive: true });
  await mkdir(path.join(root, 'shm'));
  const guide = await readFile(path.resolve(import.meta.dirname, '../../docs/models.md'), 'utf8');
  const yaml = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  expect(yaml).toContain('model_id: bright-quarters');
  await writeFile(path.join(chosen, 'model.yaml'), yaml);
  await writeFile(path.join(chosen, 'quarters.onnx'), brightQuarters());
  await writeFile(path.join(chosen, 'names.txt'), 'bright\n');
  containers = await createModelContainers({
    roots: [
      { origin: 'shipped', folder: modelsFolder },
      { origin: 'imported', folder: imported },
    ],
    dataDir: path.join(root, 'data'),
    exportDir: path.join(root, 'shm'),
    launcher: createNodeLauncher(entry),
    clock: systemClock,
    log: silentLogger(),
  });
});
afterEach(async () => {
  await containers.dispose();
  await rm(root, { recursive: true, force: true });
});

const ids = () => new Set(containers.list().map(({ id }) => id));
const still = { ffmpeg: process.env['VAS_FFMPEG'] ?? 'ffmpeg', clock: systemClock, log: silentLogger() };
async function run(id: string, file: string, config = {}) {
  const picture = await decodeStill({ file }, still);
  const options = { containers, exportDir: path.join(root, 'shm'), clock: systemClock };
  return { ...picture, result: await dryRun(id, picture, config, options) };
}
const NO_PROGRAM = { program: false };

describe('a model that the application has never seen', { timeout: 120_000 }, () => {
  it('INV-66: is imported, found, started and shown a picture', async () => {
    expect(await importModel(chosen, imported, ids(), NO_PROGRAM)).toBe('bright-quarters');
    await containers.rediscover();
    await containers.start('bright-quarters');
    // Upper half white, lower half black.
    const picture = path.join(root, 'picture.ppm');
    const pixels = Buffer.alloc(40 * 30 * 3);
    pixels.fill(255, 0, pixels.length / 2);
    await writeFile(picture, Buffer.concat([Buffer.from('P6\n40 30\n255\n'), pixels]));
    const { result, width, height } = await run('bright-quarters', picture);
    expect([width, height]).toEqual([40, 30]);
    expect(result.ok && result.detections.map(({ class_name, bbox }) => [class_name, ...bbox])).toEqual([
      ['bright', 0, 0, 0.5, 0.5],
      ['bright', 0.5, 0, 1, 0.5],
    ]);
    expect(await readdir(path.join(root, 'shm'))).toEqual([]);
  });

  it('INV-66: of another family is described by the table of the guide alone', async () => {
    // What somebody writes who has a network of the YOLOv8 family and nothing but docs/models.md.
    await writeFile(path.join(chosen, 'quarters.onnx'), brightQuartersV8());
    await writeFile(
      path.join(chosen, 'model.yaml'),
      [
        'model_id: quarters-v8',
        'model_name: Quarters (YOLOv8)',
        "model_version: '8'",
        'model_type: onnx',
        'model_weights: quarters.onnx',
        'expected_resolution: [16, 16]',
        'input_tensor: { fit: stretch }',
        'nms_iou_threshold: 0.5',
        'output_schema: { type: yolov8, class_names_file: names.txt }',
      ].join('\n'),
    );
    expect(await importModel(chosen, imported, ids(), NO_PROGRAM)).toBe('quarters-v8');
    await containers.rediscover();
    await containers.start('quarters-v8');
    const picture = path.join(root, 'picture.ppm');
    const pixels = Buffer.alloc(40 * 30 * 3);
    pixels.fill(255, pixels.length / 2);
    await writeFile(picture, Buffer.concat([Buffer.from('P6\n40 30\n255\n'), pixels]));
    const { result } = await run('quarters-v8', picture);
    expect(result.ok && result.detections.map(({ class_name, bbox }) => [class_name, ...bbox])).toEqual([
      ['bright', 0, 0.5, 0.5, 1],
      ['bright', 0.5, 0.5, 1, 1],
    ]);
    expect(containers.get('quarters-v8').verified, 'a family without weights here').toBe(false);
  });

  it('shows boxes on a photo with a shipped model', async () => {
    await containers.start('nanodet-g-640x384');
    const photo = path.resolve(import.meta.dirname, '../detections/pictures/person.jpg');
    const { result } = await run('nanodet-g-640x384', photo);
    expect(result.ok && result.detections.map(({ class_name }) => class_name)).toContain('person');
    const strict = await run('nanodet-g-640x384', photo, { confidence_threshold: 0.99 });
    expect(strict.result).toMatchObject({ ok: true, detections: [] });
  });

  it('is refused with every reason when it is wrong, and leaves nothing behind', async () => {
    await writeFile(path.join(chosen, 'model.yaml'), 'model_id: X\nmodel_type: pytorch\n');
    const failure = await importModel(chosen, imported, ids(), NO_PROGRAM).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'invalid' });
    const { problems } = (failure as { details: { problems: string[] } }).details;
    for (const key of ['model_id', 'model_type', 'model_name', 'output_schema'])
      expect(problems.some((one) => one.startsWith(key))).toBe(true);
    expect(await readdir(imported).catch(() => [])).toEqual([]);
  });

  it('is refused when its id is taken, when it is a link to elsewhere, or no model folder at all', async () => {
    await expect(
      importModel(chosen, imported, new Set(['bright-quarters']), NO_PROGRAM),
    ).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(importModel(path.join(root, 'none'), imported, ids(), NO_PROGRAM)).rejects.toMatchObject({
      kind: 'invalid',
    });
    await expect(importModel(modelsFolder, imported, ids(), NO_PROGRAM)).rejects.toMatchObject({
      kind: 'invalid',
    });
    await rm(path.join(chosen, 'quarters.onnx'));
    await symlink('/etc/hostname', path.join(chosen, 'quarters.onnx'));
    await expect(importModel(chosen, imported, ids(), NO_PROGRAM)).rejects.toThrow(
      /outside the model folder/,
    );
    expect(await readdir(imported).catch(() => [])).toEqual([]);
  });

  it('is not shown what is no picture', async () => {
    await containers.start('nanodet-g-416x256');
    const text = path.join(root, 'notes.jpg');
    await writeFile(text, 'no picture');
    await expect(run('nanodet-g-416x256', text)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(run('nanodet-g-416x256', path.join(root, 'none.jpg'))).rejects.toMatchObject({
      kind: 'invalid',
    });
    const photo = path.resolve(import.meta.dirname, '../detections/pictures/person.jpg');
    await expect(run('none', photo)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('with a program of its own is taken in only after somebody agreed to that', async () => {
    const yaml = await readFile(path.join(chosen, 'model.yaml'), 'utf8');
    await writeFile(path.join(chosen, 'model.yaml'), `${yaml}handler: look.mjs\n`);
    await writeFile(
      path.join(chosen, 'look.mjs'),
      'export default () => ({ async infer() { return []; } });',
    );
    const { model, weightsBytes } = await inspectModel(chosen, ids());
    expect([model.manifest.handler, weightsBytes]).toEqual(['look.mjs', brightQuarters().length]);
    await expect(importModel(chosen, imported, ids(), NO_PROGRAM)).rejects.toMatchObject({
      kind: 'bad_request',
      message: expect.stringContaining('look.mjs') as string,
    });
    expect(await readdir(imported).catch(() => [])).toEqual([]);
    expect(await importModel(chosen, imported, ids(), { program: true })).toBe('bright-quarters');
  });
});
