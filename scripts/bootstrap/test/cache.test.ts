import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles, listFiles, publish } from '../cache.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vas-cache-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, content: string) => {
  const target = path.join(folder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  return target;
};

describe('keys', () => {
  it('depend on names, contents and facts, not on where the clone is', () => {
    file('a/x/one.cpp', '1');
    file('b/x/one.cpp', '1');
    const key = (base: string, ...facts: string[]) => {
      const root = path.join(folder, base);
      return hashFiles(root, listFiles([root]), ...facts);
    };
    expect(key('a')).toBe(key('b'));
    expect(key('a', 'x64')).not.toBe(key('b', 'arm64'));
    file('b/x/one.cpp', '2');
    expect(key('a')).not.toBe(key('b'));
  });

  it('ignore paths that are not there and take single files', () => {
    const single = file('one.gyp', '{}');
    expect(listFiles([single, path.join(folder, 'missing')])).toEqual([single]);
  });
});

describe('publish', () => {
  it('keeps the first result when two bootstraps made the same', () => {
    file('first/result', 'first');
    file('second/result', 'second');
    publish(path.join(folder, 'first'), path.join(folder, 'cache/key'));
    publish(path.join(folder, 'second'), path.join(folder, 'cache/key'));
    expect(readFileSync(path.join(folder, 'cache/key/result'), 'utf8')).toBe('first');
  });
});

describe.runIf(process.platform === 'linux')('withLock', () => {
  const program = `
    import { appendFileSync } from 'node:fs';
    const { withLock } = await import(${JSON.stringify(path.resolve(import.meta.dirname, '../cache.mjs'))});
    const note = (text) => appendFileSync(process.env.NOTES, text);
    await withLock('test', async () => {
      note('(');
      await new Promise((resolve) => setTimeout(resolve, Number(process.env.HOLD_MS)));
      note(')');
    });`;

  const start = (holdMs: number) =>
    spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: {
        ...process.env,
        VAS_CACHE_DIR: folder,
        NOTES: path.join(folder, 'notes'),
        HOLD_MS: String(holdMs),
      },
      stdio: 'inherit',
    });
  const ended = (child: ReturnType<typeof start>) => new Promise((resolve) => child.once('exit', resolve));
  const notes = () => readFileSync(path.join(folder, 'notes'), 'utf8');

  it('lets one process in at a time', async () => {
    await Promise.all([1, 2, 3].map(() => ended(start(100))));
    expect(notes()).toBe('()()()');
  });

  it('is free again when its holder was killed', async () => {
    const holder = start(60_000);
    await expect.poll(() => listFiles([path.join(folder, 'notes')]).length).toBe(1);
    holder.kill('SIGKILL');
    expect(await ended(start(0))).toBe(0);
    expect(notes()).toBe('(()');
  });
});
