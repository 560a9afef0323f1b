import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Api } from '../../main/api/api';
import { unattendedDialogs } from './dialogs';
import { listen } from './listen';
import { runChecks, Skipped, succeeded } from './report';
import { selfTestRequest } from './request';
import { TestCamera } from './testCamera';

describe('the request for a self-test', () => {
  it('is absent in an ordinary start, whatever the environment says', () => {
    expect(
      selfTestRequest(['app', '--self-test-camera=rtsp://a/b'], { VAS_SELF_TEST_CAMERA: 'x' }),
    ).toBeNull();
  });

  it('names a profile of its own that is gone after the process, even one that was killed', async () => {
    const program = `
      const { selfTestRequest } = require('./request');
      console.log(JSON.stringify(selfTestRequest(['--self-test'], { VAS_SELF_TEST_CAMERA: 'rtsp://u:p@h/s' })));
      setInterval(() => {}, 1000);`;
    const bundled = await build({
      stdin: { contents: program, resolveDir: import.meta.dirname },
      bundle: true,
      platform: 'node',
      write: false,
    });
    const child = spawn(process.execPath, ['-e', bundled.outputFiles[0]?.text ?? ''], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const request = JSON.parse(line) as { dataDir: string; camera: string };
    expect(request.camera).toBe('rtsp://u:p@h/s');
    writeFileSync(path.join(request.dataDir, 'file'), 'something');
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(request.dataDir)).toBe(false), {
      timeout: 10_000,
      interval: 100,
    });
  });
});

describe('checks', () => {
  const check = (name: string, run: () => Promise<unknown>) => ({ name, limitMs: 50, run });

  it('all run, also after one that failed or hangs, and tell no password', async () => {
    const results = await runChecks([
      check('good', () => Promise.resolve({ version: '5.1' })),
      check('bad', () => Promise.reject(new Error('cannot open rtsp://op:secret@camera/1'))),
      check('stuck', () => new Promise(() => undefined)),
      check('left out', () => Promise.reject(new Skipped('no camera was given'))),
    ]);
    expect(results.map(({ name, state }) => [name, state])).toEqual([
      ['good', 'passed'],
      ['bad', 'failed'],
      ['stuck', 'failed'],
      ['left out', 'skipped'],
    ]);
    expect(JSON.stringify(results)).not.toContain('secret');
    expect(results[2]?.detail).toBe('no result within 0.05 s');
    expect(succeeded(results)).toBe(false);
    expect(succeeded(results.filter(({ state }) => state !== 'failed'))).toBe(true);
  });
});

describe('what the checks are built of', () => {
  it('listens until it is enough or the time is over, and then no more', async () => {
    let push: (value: unknown) => void = () => undefined;
    let isOpen = false;
    const api = {
      subscribe(_name: unknown, _request: unknown, to: (value: unknown) => void) {
        [push, isOpen] = [to, true];
        return () => void (isOpen = false);
      },
    } as unknown as Api;
    const heard = listen(api, 'evidence.exports', {}, (values) => values.length === 2, 60_000);
    push({ exports: [] });
    push({ exports: [] });
    expect(await heard).toHaveLength(2);
    expect(isOpen).toBe(false);
    expect(await listen(api, 'evidence.exports', {}, () => false, 20)).toEqual([]);
    expect(isOpen).toBe(false);
  });

  it('a camera that was not given skips what needs it; one that failed fails it', () => {
    expect(() => new TestCamera(null).footage).toThrow(Skipped);
    const camera = new TestCamera('rtsp://a/b');
    expect(() => camera.footage).toThrow('could not be added');
    camera.id = 'x';
    expect(() => camera.footage).toThrow('nothing was recorded');
  });

  it('nobody is asked: what is saved is found again, inside the profile', async () => {
    const profile = mkdtempSync(path.join(tmpdir(), 'vas-dialogs-'));
    onTestFinished(() => rmSync(profile, { recursive: true, force: true }));
    const dialogs = unattendedDialogs(profile);
    const kind = { name: 'Backup', extension: 'json' };
    expect(await dialogs.openFile({ title: '', kind })).toBeNull();
    const file = await dialogs.saveFile({ title: '', suggestedName: '../../x.json', kind });
    expect(file).toBe(path.join(profile, 'exports', 'x.json'));
    writeFileSync(file ?? '', '{}');
    expect(await dialogs.openFile({ title: '', kind })).toBe(file);
  });
});
