import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { listFiles } from '../../scripts/bootstrap/cache.mjs';
import { readFuses } from '../../scripts/package/fuses.mjs';
import { runToEnd } from './run';

const release = inject('release');
const shipped = path.join(release, 'linux-unpacked');
const twin = path.join(release, 'test-twin');
const executable = path.join(shipped, 'vas-workstation');
const twinExecutable = path.join(twin, 'vas-workstation');

/** Read back from the built executable; written here once more, so that a changed list is noticed. */
const SHIPPED = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vas-fuse-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('fuses', () => {
  it('are hardened in what ships', async () => {
    expect(await readFuses(executable)).toEqual(SHIPPED);
  });

  it('differ in the twin by the inspector only, and nothing else of the twin differs', async () => {
    expect(await readFuses(twinExecutable)).toEqual({ ...SHIPPED, EnableNodeCliInspectArguments: true });
    const relative = (folder: string) => listFiles([folder]).map((file) => path.relative(folder, file));
    expect(relative(twin)).toEqual(relative(shipped));
    for (const file of relative(shipped)) {
      if (file === 'vas-workstation') continue;
      // Hard links: the same file, not a copy that might have changed.
      expect(statSync(path.join(twin, file)).ino, file).toBe(statSync(path.join(shipped, file)).ino);
    }
    const [one, other] = [readFileSync(executable), readFileSync(twinExecutable)];
    expect(one.length).toBe(other.length);
    let different = 0;
    for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) different++;
    expect(different).toBe(1);
  });

  it('keep the executable from being a Node of its own', async () => {
    const marker = path.join(temporaryFolder(), 'ran');
    const { stdout } = await runToEnd(
      executable,
      ['--self-test', '-e', `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`],
      { ELECTRON_RUN_AS_NODE: '1' },
    );
    expect(existsSync(marker)).toBe(false);
    // It was the application instead.
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it('keep NODE_OPTIONS from loading code', async () => {
    const folder = temporaryFolder();
    const marker = path.join(folder, 'ran');
    const script = path.join(folder, 'inject.cjs');
    writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`);
    const { code } = await runToEnd(executable, ['--self-test'], { NODE_OPTIONS: `--require ${script}` });
    expect(code).toBe(0);
    expect(existsSync(marker)).toBe(false);
  });

  it('keep the inspector closed, which the twin opens', async () => {
    const listening = /Debugger listening on ws:/;
    expect((await runToEnd(executable, ['--inspect=0', '--self-test'])).stderr).not.toMatch(listening);
    expect((await runToEnd(twinExecutable, ['--inspect=0', '--self-test'])).stderr).toMatch(listening);
  });

  it('keep a folder beside the archive from taking its place', async () => {
    const copy = path.join(temporaryFolder(), 'copy');
    await cp(shipped, copy, { recursive: true });
    const planted = path.join(copy, 'resources/app');
    const marker = path.join(copy, 'ran');
    await mkdir(planted);
    writeFileSync(path.join(planted, 'package.json'), '{"name":"planted","main":"main.cjs"}');
    writeFileSync(
      path.join(planted, 'main.cjs'),
      `require('fs').writeFileSync(${JSON.stringify(marker)}, ''); require('electron').app.exit(0)`,
    );
    const { stdout } = await runToEnd(path.join(copy, 'vas-workstation'), ['--self-test']);
    expect(existsSync(marker)).toBe(false);
    expect(JSON.parse(stdout)).toMatchObject({ application: { name: 'VAS Workstation' } });
  });
});
