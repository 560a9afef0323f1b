import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program to its end and returns its standard output. @throws Error when it fails */
export async function run(file: string, args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  if (input === undefined) {
    const { stdout } = await execute(file, [...args], { encoding: 'buffer', maxBuffer: 1 << 30 });
    return stdout;
  }
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${file}: ${errors}`)),
    );
    child.stdin.end(input);
  });
}
