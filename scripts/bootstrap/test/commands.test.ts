import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from '../commands/test.mjs';
import { nodeAdvice, nodeIsRecent } from '../versions.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

describe('Node version', () => {
  it.each([
    ['18.20.4', false],
    ['20.18.1', false],
    ['20.19.0', true],
    ['22.0.0', true],
    ['26.1.0', true],
  ])('%s: %s', (version, expected) => {
    expect(nodeIsRecent(version)).toBe(expected);
  });

  it('is advised with one command', () => {
    expect(nodeAdvice().match(/^ {2}\S.*$/gm)).toHaveLength(1);
  });
});

describe('counting tests', () => {
  it('takes a file that does not load for a failed test', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 3, unsteady: [] });
  });

  it('names a test that passed at its second attempt, and why it failed at the first', () => {
    const steady = { ancestorTitles: ['a camera'], title: 'stops', status: 'passed', failureMessages: [] };
    const unsteady = { ...steady, title: 'returns', failureMessages: ['Error: too late\n    at x.ts:1:1'] };
    const report = {
      ...{ numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 },
      testResults: [
        {
          ...{ name: path.join(root, 'test/ingest/ingest.test.ts'), status: 'failed' },
          assertionResults: [steady, unsteady, { ...unsteady, title: 'starts', status: 'failed' }],
        },
      ],
    };
    expect(countVitest(report)).toEqual({
      ...{ passed: 2, failed: 1, skipped: 0 },
      unsteady: ['test/ingest/ingest.test.ts > a camera > returns (Error: too late)'],
    });
  });

  it('takes an error outside of tests for a failed test, and names one that passed the second time', () => {
    const flaky = { title: 'plays', tests: [{ status: 'flaky' }] };
    const steady = { title: 'stops', tests: [{ status: 'expected' }] };
    const report = {
      stats: { expected: 7, flaky: 1, unexpected: 2, skipped: 3 },
      errors: [{}],
      suites: [{ title: 'wall.spec.ts', suites: [{ title: 'wall', specs: [flaky, steady] }] }],
    };
    expect(countPlaywright(report)).toEqual({
      ...{ passed: 8, failed: 3, skipped: 3 },
      unsteady: ['wall.spec.ts > wall > plays'],
    });
  });

  it('is zero when the runner ended before it wrote a report', () => {
    expect(countVitest(undefined)).toEqual({ passed: 0, failed: 0, skipped: 0, unsteady: [] });
    expect(countPlaywright(undefined)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe.runIf(process.platform === 'linux')('the program in the foreground', () => {
  const program = `
    const { foreground } = await import(${JSON.stringify(path.join(root, 'scripts/bootstrap/foreground.mjs'))});
    process.exitCode = await foreground('sh', ['-c', process.env.SCRIPT], process.env);`;
  const start = (script: string) =>
    spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, SCRIPT: script },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const finish = async (child: ReturnType<typeof start>, until?: string) => {
    let text = '';
    let asked = false;
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (asked || until === undefined || !text.includes(until)) return;
      asked = child.kill('SIGTERM');
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    return { code, text };
  };

  it('hands its exit code on', async () => {
    expect(await finish(start('exit 7'))).toEqual({ code: 7, text: '' });
  });

  it('hands on what it prints, all of it, when it is not shown at once', async () => {
    const collecting = program.replace('process.env);', 'process.env, (chunk) => parts.push(chunk));');
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const parts = []; ${collecting} console.log(String(parts.length > 0), Buffer.concat(parts).length);`,
      ],
      { env: { ...process.env, SCRIPT: 'head -c 300000 /dev/zero; echo x >&2; exit 3' }, encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: 'true 300002\n', status: 3 });
  });

  it('gets a signal once and may take its time', async () => {
    const script = `trap 'echo asked; sleep 0.3; echo finished; exit 3' TERM; echo ready; for i in $(seq 200); do sleep 0.05; done`;
    expect(await finish(start(script), 'ready')).toEqual({ code: 3, text: 'ready\nasked\nfinished\n' });
  });

  it('leaves nothing behind', async () => {
    const { text } = await finish(start('sleep 60 & echo $!'));
    expect(existsSync(`/proc/${text.trim()}`)).toBe(false);
  });
});

describe('doctor', () => {
  it('works in a bare clone, changes nothing and says what is missing', () => {
    const clone = mkdtempSync(path.join(tmpdir(), 'vas-doctor-test-'));
    try {
      for (const name of ['package.json', 'package-lock.json', 'scripts', 'native']) {
        cpSync(path.join(root, name), path.join(clone, name), {
          recursive: true,
          filter: (source) => !source.startsWith(path.join(root, 'native', 'build')),
        });
      }
      const before = execFileSync('find', [clone], { encoding: 'utf8' });
      const { status, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', 'doctor'], {
        cwd: clone,
        encoding: 'utf8',
        env: { ...process.env, VAS_CACHE_DIR: path.join(clone, 'no-cache') },
      });
      expect(status).toBe(1);
      expect(stdout).toMatch(/^Node +\d+\.\d+\.\d+ +ok/m);
      expect(stdout).toMatch(/^npm packages +missing/m);
      expect(stdout).toMatch(/^ {2}native addon: npm start gets it$/m);
      expect(execFileSync('find', [clone], { encoding: 'utf8' })).toBe(before);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});
