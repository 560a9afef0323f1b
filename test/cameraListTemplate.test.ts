import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readList } from '../renderer/features/cameras/bulkAdd/readList';
import type { NativeDialogs } from '../main/settings/dialogs';
import { saveListTemplate } from '../main/api/cameraListTemplate';

const choosing = (file: string | null) =>
  ({ saveFile: () => Promise.resolve(file) }) as unknown as NativeDialogs;

test('the template is what the list understands', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-template-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'cameras.csv');
  expect(await saveListTemplate(choosing(file))).toBe(file);
  expect(readList(await readFile(file, 'utf8'))).toMatchObject([
    { name: 'Main gate', subAddress: 'rtsp://192.0.2.10:554/stream2', groups: ['Outside', 'Gates'] },
    { name: 'Reception', location: 'Building A, ground floor', description: 'Behind the desk' },
  ]);
});

test('cancelling writes nothing, a folder that is not there is an error that says so', async () => {
  expect(await saveListTemplate(choosing(null))).toBeNull();
  await expect(saveListTemplate(choosing('/nowhere/at/all.csv'))).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('/nowhere/at/all.csv') as string,
  });
});
