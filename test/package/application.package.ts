import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron } from '@playwright/test';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startDemoCamera } from '../../scripts/demo/camera';
import { openDisplay, sandboxArguments } from '../../scripts/bootstrap/display.mjs';
import { runToEnd } from './run';

const release = inject('release');
const shipped = path.join(release, 'linux-unpacked/vas-workstation');
const root = path.resolve(import.meta.dirname, '../..');

interface Report {
  readonly ok: boolean;
  readonly application: { readonly packaged: boolean };
  readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: unknown }[];
}

const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vas-self-test-'));

describe('the built application', () => {
  it('proves itself: every part works, a camera is seen and recorded, no profile is left', async () => {
    const before = new Set(profiles());
    const camera = await startDemoCamera(root);
    onTestFinished(() => camera.stop());
    const { code, stdout } = await runToEnd(shipped, ['--self-test'], { VAS_SELF_TEST_CAMERA: camera.url });
    const report = JSON.parse(stdout) as Report;
    expect(report.checks.filter(({ state }) => state !== 'passed')).toEqual([]);
    const details = Object.fromEntries(report.checks.map(({ name, detail }) => [name, detail]));
    // People walk through the demo's picture.
    expect(details['a detector looks at the camera']).toMatchObject({
      boxes: expect.toSatisfy((boxes: number) => boxes > 0) as unknown,
      confined: { files: true, network: true },
      seccomp: 'filter',
    });
    expect(details['the footage is played back in the window']).toMatchObject({ width: 768, height: 576 });
    expect(details['an evidence package is made and verified']).toMatchObject({ files: 1 });
    expect(report).toMatchObject({ ok: true, application: { packaged: true } });
    expect(code).toBe(0);
    await vi.waitFor(() => expect(profiles().filter((name) => !before.has(name))).toEqual([]), {
      timeout: 10_000,
      interval: 200,
    });
  });

  it('says what is wrong, and fails, when its camera is not there', async () => {
    const { code, stdout } = await runToEnd(shipped, [
      '--self-test',
      '--self-test-camera=rtsp://127.0.0.1:9/nothing',
    ]);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    const states = Object.fromEntries(report.checks.map(({ name, state }) => [name, state]));
    expect(states['live picture in the window']).toBe('failed');
    expect(states['native addon']).toBe('passed');
  });

  it('is driven by Playwright as its twin', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'vas-twin-'));
    const display = await openDisplay();
    onTestFinished(() => {
      display.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const app = await electron.launch({
      executablePath: path.join(release, 'test-twin/vas-workstation'),
      args: sandboxArguments(),
      env: {
        ...(process.env as Record<string, string>),
        ...display.env,
        VAS_DATA_DIR: dataDir,
        VAS_SIGN_IN: 'off',
      },
    });
    try {
      const page = await app.firstWindow();
      await page.getByRole('navigation').waitFor();
      expect(await app.evaluate(({ app: electronApp }) => electronApp.isPackaged)).toBe(true);
    } finally {
      await app.close();
    }
  });
});
