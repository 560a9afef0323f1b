import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import type { MediaWorker } from './mediaWorker';
import { createMediaWorker, systemCodeOf } from './mediaWorker';

const SCRIPT = path.resolve('dist/workers/media.worker.cjs');
let folder: string;
let worker: MediaWorker;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-media-worker-'));
  worker = createMediaWorker(SCRIPT, silentLogger());
  onTestFinished(async () => {
    await worker.dispose();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('the media worker', () => {
  it('writes files whole and private', async () => {
    const file = path.join(folder, 'a.jpg');
    await worker.run('writeDurably', file, Buffer.from('one'));
    await worker.run('writeDurably', file, Buffer.from('another'));
    expect(await readFile(file, 'utf8')).toBe('another');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['a.jpg']);
  });

  it('moves files into folders that it makes, cut to length; a second time is harmless', async () => {
    const from = path.join(folder, 'from');
    const to = path.join(folder, 'a', 'b', 'to');
    await writeFile(from, '0123456789');
    await chmod(from, 0o666);
    expect(await worker.run('moveDurably', from, to, 4)).toBe(4);
    expect(await worker.run('moveDurably', from, to, 4)).toBe(4);
    expect(await readFile(to, 'utf8')).toBe('0123');
    expect((await stat(to)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(to))).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('removes files and the folders that become empty, up to the one that stays', async () => {
    const keep = path.join(folder, 'x', 'keep');
    const gone = path.join(folder, 'x', 'y', 'z', 'gone');
    for (const file of [keep, gone]) {
      await worker.run('makeFolder', path.dirname(file));
      await writeFile(file, '');
    }
    const outcome = await worker.run(
      'removeDurably',
      [gone, path.join(folder, 'never'), path.join(folder, 'x')],
      folder,
    );
    expect(outcome.slice(0, 2)).toEqual([null, null]);
    expect(outcome[2]).toMatch(/EISDIR|EPERM/);
    expect(await readdir(path.join(folder, 'x'))).toEqual(['keep']);
  });

  it('tells failures of the system by their code and goes on', async () => {
    const missing = worker.run('moveDurably', path.join(folder, 'no'), path.join(folder, 'to'), null);
    const error: unknown = await missing.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'VasError', kind: 'not_found' });
    expect(systemCodeOf(error)).toBe('ENOENT');
    await writeFile(path.join(folder, 'file'), '');
    const inFile: unknown = await worker
      .run('makeFolder', path.join(folder, 'file', 'below'))
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'VasError' });
    expect(systemCodeOf(inFile)).toMatch(/ENOTDIR|EEXIST/);
    expect(await worker.run('readText', path.join(folder, 'file'))).toBe('');
    expect(await worker.run('readText', path.join(folder, 'nothing'))).toBeNull();
  });

  it('finishes what was asked before it is disposed, and takes nothing after', async () => {
    const writes = Array.from({ length: 20 }, (_, index) =>
      worker.run('writeDurably', path.join(folder, String(index)), Buffer.from('x')),
    );
    const disposed = worker.dispose();
    await Promise.all(writes);
    await disposed;
    expect((await readdir(folder)).length).toBe(20);
    await expect(worker.run('listFolders', folder)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('reports a script that does not work instead of hanging, each time', async () => {
    const script = path.join(folder, 'broken.cjs');
    await writeFile(script, 'throw new Error("broken")');
    const broken = createMediaWorker(script, silentLogger());
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(broken.run('listFolders', folder)).rejects.toMatchObject({ kind: 'unavailable' });
    await broken.dispose();
  });
});
