import { spawn } from 'node:child_process';
import { openDisplay, sandboxArguments } from '../../scripts/bootstrap/display.mjs';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a built application to its end. Root has no sandbox; an ordinary user always has it. */
export async function runToEnd(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const display = await openDisplay();
  try {
    const child = spawn(executable, [...sandboxArguments(), ...args], {
      env: { ...process.env, ...display.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, stdout, stderr };
  } finally {
    display.stop();
  }
}
