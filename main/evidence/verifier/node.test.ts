import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderReader } from './node';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'vas-package-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a package in a folder', () => {
  it('has no links, pipes and devices: they are neither followed nor read, and are told as more than there was', async () => {
    const folder = path.join(root, 'package');
    await mkdir(path.join(folder, 'video'), { recursive: true });
    await writeFile(path.join(root, 'outside.mp4'), 'footage');
    await writeFile(path.join(folder, 'video/a.mp4'), 'footage');
    await symlink(path.join(root, 'outside.mp4'), path.join(folder, 'video/b.mp4'));
    await symlink('/dev/zero', path.join(folder, 'video/c.mp4'));
    execFileSync('mkfifo', [path.join(folder, 'video/d.mp4')]);
    await symlink(path.join(folder, 'video'), path.join(folder, 'more'));
    const reader = folderReader(folder);
    expect([...(await reader.list())].sort()).toEqual([
      'more (no ordinary file)',
      'video/a.mp4',
      'video/b.mp4 (no ordinary file)',
      'video/c.mp4 (no ordinary file)',
      'video/d.mp4 (no ordinary file)',
    ]);
    expect(Buffer.from(await reader.read('video/a.mp4', 0, 100)).toString()).toBe('footage');
    await expect(reader.read('video/d.mp4', 0, 1)).rejects.toThrow('no ordinary file');
    await expect(reader.read('../outside.mp4', 0, 1)).rejects.toThrow('leads out of the package');
  });

  it('loses the files of a folder that became a link', async () => {
    const folder = path.join(root, 'package');
    await mkdir(path.join(folder, 'video'), { recursive: true });
    await writeFile(path.join(folder, 'video/a.mp4'), 'footage');
    await rename(path.join(folder, 'video'), path.join(root, 'moved'));
    await symlink(path.join(root, 'moved'), path.join(folder, 'video'));
    expect(await folderReader(folder).list()).toEqual(['video (no ordinary file)']);
  });
});
