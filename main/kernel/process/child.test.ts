import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { redactorFor } from '../../base/redact';
import type { Child } from './child';
import { spawnChild } from './child';
import { identify } from './procStat';

const log = silentLogger();
const node = process.execPath;
const script = (code: string): string[] => ['-e', code];

async function until(condition: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('condition not met in time');
    await delay(20);
  }
}

const openDescriptors = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

/** A running child that does nothing when it is asked to end. */
async function deafChild(): Promise<Child> {
  const deaf = spawnChild({
    file: node,
    args: script(`
      process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); require('node:fs').writeSync(3, 'up\\n');`),
    label: 'test',
    log,
    extraPipes: 1,
  });
  let up = false;
  deaf.onLine(3, () => (up = true));
  await until(() => up);
  return deaf;
}

describe('spawnChild', () => {
  it('gives standard input, reads extra pipes line by line and reports the exit code', async () => {
    const child = spawnChild({
      file: node,
      args: script(`
        const fs = require('node:fs');
        const text = fs.readFileSync(0, 'utf8');
        fs.writeSync(3, 'one\\ntw'); fs.writeSync(3, 'o\\r\\n'); fs.writeSync(4, text);
        process.exitCode = 7;`),
      label: 'test',
      log,
      stdin: 'from the owner',
      extraPipes: 2,
    });
    const three: string[] = [];
    const four: string[] = [];
    child.onLine(3, (line) => three.push(line));
    child.onLine(4, (line) => four.push(line));
    expect(await child.exited).toEqual({ code: 7, signal: null, error: null });
    expect(three).toEqual(['one', 'two']);
    expect(four).toEqual(['from the owner']);
    expect(() => child.onLine(5, () => undefined)).toThrow(RangeError);
  });

  it('redacts standard error where it is read and keeps only its end', async () => {
    const secret = "a@:/#%'b";
    const child = spawnChild({
      file: node,
      args: script(`
        for (let i = 0; i < 150; i++) console.error('line ' + i);
        console.error('open rtsp://u:' + encodeURIComponent(${JSON.stringify(secret)}) + '@host/x failed');
        console.error('plain ' + ${JSON.stringify(secret)});`),
      label: 'test',
      log,
      redact: redactorFor([secret]),
    });
    const heard: string[] = [];
    child.onStderr((line) => heard.push(line));
    await child.exited;
    const tail = child.stderrTail();
    expect(heard).toHaveLength(152);
    expect(tail).toHaveLength(100);
    expect(tail.slice(-2)).toEqual(['open rtsp://[redacted]@host/x failed', 'plain [redacted]']);
    expect(heard.join('\n')).not.toContain(secret);
    expect(heard.join('\n')).not.toContain(encodeURIComponent(secret));
  });

  it('bounds a line that never ends', async () => {
    const child = spawnChild({
      file: node,
      args: script(`process.stderr.write('x'.repeat(5_000_000)); process.stderr.write('\\nlast\\n')`),
      label: 'test',
      log,
    });
    await child.exited;
    const tail = child.stderrTail();
    expect(tail).toHaveLength(2);
    expect(tail[0]?.length).toBe(2048);
    expect(tail[1]).toBe('last');
  });

  it('hands nothing of the environment down but the minimum', async () => {
    process.env['VAS_TEST_LEAK'] = 'leaked';
    const child = spawnChild({
      file: node,
      args: script('require("node:fs").writeSync(3, Object.keys(process.env).sort().join())'),
      label: 'test',
      log,
      extraPipes: 1,
      env: { EXTRA: '1' },
    });
    let names = '';
    child.onLine(3, (line) => (names = line));
    await child.exited;
    delete process.env['VAS_TEST_LEAK'];
    expect(names).toBe('EXTRA,HOME,LANG,PATH,TZ');
  });

  it('never interprets arguments as a shell would', async () => {
    const child = spawnChild({
      file: node,
      args: [...script('require("node:fs").writeSync(3, process.argv[1])'), '$(id); `id` "\' > x'],
      label: 'test',
      log,
      extraPipes: 1,
    });
    let heard = '';
    child.onLine(3, (line) => (heard = line));
    await child.exited;
    expect(heard).toBe('$(id); `id` "\' > x');
  });

  it.each(['no-such-program-anywhere', '/no/such/folder/ffmpeg'])(
    'reports %s as not installed, naming the program only',
    async (file) => {
      const child = spawnChild({ file, args: [], label: 'test', log, stdin: 'never read', extraPipes: 1 });
      const { error } = await child.exited;
      expect(error).toMatchObject({ kind: 'unavailable' });
      expect(error?.message).toContain(path.basename(file));
      expect(error?.message).not.toContain('/no/such');
      await child.stop(100);
    },
  );

  it('survives a child that closes its standard input unread', async () => {
    const child = spawnChild({
      file: node,
      args: script('process.exit(0)'),
      label: 'test',
      log,
      stdin: 'x'.repeat(4_000_000),
    });
    expect((await child.exited).code).toBe(0);
  });

  it('asks first and kills after the grace', async () => {
    const polite = spawnChild({
      file: node,
      args: script(`
        process.on('SIGTERM', () => { require('node:fs').writeSync(3, 'bye\\n'); process.exit(3); });
        setInterval(() => {}, 1000); require('node:fs').writeSync(3, 'up\\n');`),
      label: 'test',
      log,
      extraPipes: 1,
    });
    const lines: string[] = [];
    polite.onLine(3, (line) => lines.push(line));
    await until(() => lines.includes('up'));
    expect((await polite.stop(10_000)).code).toBe(3);
    expect(lines).toEqual(['up', 'bye']);

    const deaf = await deafChild();
    const [first, second] = await Promise.all([deaf.stop(200), deaf.stop(200)]);
    expect(first.signal).toBe('SIGKILL');
    expect(second).toEqual(first);
    expect((await deaf.stop(0)).signal).toBe('SIGKILL');
  });

  it('lets an urgent stop overtake a patient one', async () => {
    const deaf = await deafChild();
    const patient = deaf.stop(600_000);
    await deaf.dispose();
    expect((await patient).signal).toBe('SIGKILL');
  });

  it('does not wait for pipes that a grandchild keeps open', async () => {
    const child = spawnChild({
      file: '/bin/sh',
      args: ['-c', 'sleep 30 & echo $! >&3; exit 5'],
      label: 'test',
      log,
      extraPipes: 1,
    });
    let grandchild = 0;
    child.onLine(3, (line) => (grandchild = Number(line)));
    const started = Date.now();
    expect((await child.exited).code).toBe(5);
    expect(Date.now() - started).toBeLessThan(20_000);
    process.kill(grandchild, 'SIGKILL');
  });

  it('leaves no descriptor open after many children', async () => {
    const run = async (): Promise<void> => {
      const child = spawnChild({
        file: '/bin/true',
        args: [],
        label: 'test',
        log,
        stdin: 'x',
        stdout: 'pipe',
        extraPipes: 2,
      });
      child.stdout?.resume();
      await child.exited;
    };
    await run();
    const before = await openDescriptors();
    for (let i = 0; i < 10; i++) await run();
    await until(async () => (await openDescriptors()) <= before);
  });
});

describe('a child of an application that dies', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vas-child-'));
    await build({
      stdin: {
        contents: `
          import { spawnChild } from './child';
          import { createChildRegistry } from './registry';
          import { silentLogger } from '../../base/logger';
          const log = silentLogger();
          const registry = createChildRegistry(process.argv[2], log);
          const child = spawnChild({ file: 'ffmpeg', label: 'ingest', log, registry, stdin: 'x', extraPipes: 2,
            args: ['-nostdin', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=5',
              '-progress', 'pipe:4', '-stats_period', '0.5', '-f', 'null', '-'] });
          registry.flushed().then(() => console.log(child.pid));`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      outfile: path.join(folder, 'app.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['pino'],
      logLevel: 'error',
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is killed with it, even by SIGKILL', async () => {
    const runFile = path.join(folder, 'children.json');
    const app = spawn(node, [path.join(folder, 'app.cjs'), runFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_PATH: path.resolve(import.meta.dirname, '../../../node_modules') },
    });
    const pid = await new Promise<number>((resolve) =>
      app.stdout.once('data', (data) => resolve(Number(String(data)))),
    );
    const identity = await identify(pid);
    expect(identity).not.toBeNull();
    await until(async () => /^ffmpeg\0/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8')));
    expect(JSON.parse(await readFile(runFile, 'utf8'))).toEqual([{ ...identity, label: 'ingest' }]);
    app.kill('SIGKILL');
    await until(async () => (await identify(pid)) === null);
  });

  it('is FFmpeg that would otherwise go on (the reason for the wrapper)', async () => {
    // Documents the behaviour that boundToParent exists for: a plain child survives its parent.
    const { stdout } = await promisify(execFile)(node, [
      '-e',
      `const c = require('node:child_process').spawn('ffmpeg', ['-nostdin', '-loglevel', 'error', '-re', '-f', 'lavfi',
         '-i', 'testsrc=size=64x64:rate=5', '-progress', 'pipe:3', '-stats_period', '0.2', '-t', '60', '-f', 'null', '-'],
         { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
       c.stdio[3].once('data', () => { console.log(c.pid); process.exit(0); });`,
    ]);
    const pid = Number(stdout);
    await delay(1000);
    expect(await identify(pid)).not.toBeNull();
    process.kill(pid, 'SIGKILL');
  });
});
