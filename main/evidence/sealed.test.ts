import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumberedVideo } from '../kernel/media/testing/numbered';
import { CAMERA } from '../kernel/recording/testing/workstation';
import { readTarHeader, tarHeader } from './tar';
import { evidenceWorkstation } from './testing/workstation';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-evidence-sealed-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 12, gop: 25, size: '640x360' });
});

afterAll(() => rm(folder, { recursive: true }));

/** The command, with a line on its standard input. */
function verify(at: string, line: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['scripts/verify.mjs', at], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  child.stdin.end(`${line}\n`);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

describe('an encrypted package', () => {
  it('is verified by the command with the passphrase from standard input, without being unpacked', async () => {
    const passphrase = 'correct horse battery';
    const at = await evidenceWorkstation(video);
    // As long as names may be.
    await at.store.write.updateDevice(CAMERA, { name: `Gate ${'north '.repeat(12)}`.trim(), nowUs: 2 });
    const made = await at.make({ ...at.both, passphrase });
    expect(made).toMatchObject({ state: 'done', message: null });

    const right = await verify(made.path, passphrase);
    expect(right.said).toContain('The manifest is signed and unaltered.');
    expect(right.said).toContain((await at.evidence.key()).fingerprint.slice(0, 4));
    expect(right.said.match(/\.mp4: unaltered/g)).toHaveLength(2);
    expect(right.code).toBe(0);
    const wrong = await verify(made.path, 'wrong horse battery');
    expect(wrong).toMatchObject({ code: 2, said: 'The passphrase does not open the package.\n' });

    const whole = await readFile(made.path);
    const changed = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    await writeFile(made.path, changed);
    const altered = await verify(made.path, passphrase);
    expect(altered.said).toContain('The encrypted file was altered or is not whole');
    expect(altered.code).toBe(1);
    await writeFile(made.path, whole);
    await truncate(made.path, whole.length - 1000);
    expect(await verify(made.path, passphrase)).toMatchObject({ code: 1 });

    // Other programs read long names, too.
    await writeFile(made.path, whole);
    await writeFile(path.join(folder, 'x.tar'), tarHeader(`${'a'.repeat(90)}/${'b'.repeat(60)}.mp4`, 0, 0));
    const { stdout } = await promisify(execFile)('tar', ['tf', path.join(folder, 'x.tar')]);
    expect(stdout.trim()).toBe(`${'a'.repeat(90)}/${'b'.repeat(60)}.mp4`);
  }, 400_000);

  it('keeps path and size of each entry', () => {
    const name = `${'a'.repeat(90)}/01-${'b'.repeat(60)}/20261121T093000Z.mp4`;
    expect(readTarHeader(tarHeader(name, 4711, 0))).toEqual({ path: name, bytes: 4711 });
    expect(readTarHeader(new Uint8Array(512))).toBeNull();
    expect(() => tarHeader('c'.repeat(101), 1, 0)).toThrow('does not fit');
    expect(() => readTarHeader(Buffer.alloc(512, 1))).toThrow();
  });
});
