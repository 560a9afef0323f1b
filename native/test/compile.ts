// Compiles the addon's plain C++ with a test program, e.g. with a sanitizer. Objects are kept by the content of all
// sources, so that only what changed is compiled again.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CompileOptions {
  /** File in test/cpp. */
  readonly program: string;
  readonly flags: readonly string[];
}

const NATIVE = path.resolve(import.meta.dirname ?? 'native/test', '..');
const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'vas-workstation');

/**
 * The compiler runs in NATIVE and is given relative paths, and no path of this machine enters what it makes: another
 * clone of the same sources finds its objects.
 */
const inNative = { cwd: NATIVE };
const NO_PATHS = [`-ffile-prefix-map=${NATIVE}=native`];

const content = (file: string): Buffer => readFileSync(path.join(NATIVE, file));
const cppFiles = (folder: string, suffix: RegExp): string[] =>
  readdirSync(path.join(NATIVE, folder))
    .filter((name) => suffix.test(name))
    .map((name) => path.join(folder, name));

/** Every source that needs no Node. */
function addonSources(): string[] {
  return ['src/frames', 'src/preprocess']
    .flatMap((folder) => cppFiles(folder, /\.cpp$/))
    .filter((file) => !includesNode(file) && !includesNode(file.replace(/\.cpp$/, '.h')));
}

/** The bindings include Node's headers, some through their own. */
function includesNode(file: string): boolean {
  return existsSync(path.join(NATIVE, file)) && content(file).includes('#include <napi.h>');
}

const running: Promise<unknown>[] = [];

/** Two compilers at a time: as many as the smallest machine has cores. */
async function compileObject(file: string, flags: readonly string[], salt: string): Promise<string> {
  const hash = createHash('sha256').update(salt).update(content(file)).update(file).digest('hex');
  const object = path.join(CACHE, 'native-tests', `${hash.slice(0, 32)}.o`);
  if (existsSync(object)) return object;
  await mkdir(path.dirname(object), { recursive: true });
  while (running.length >= 2) await Promise.race(running).catch(() => undefined);
  const draft = `${object}.${randomUUID()}`;
  const work = run('g++', [...flags, ...NO_PATHS, '-c', file, '-o', draft], inNative).then(() =>
    rename(draft, object),
  );
  running.push(work);
  try {
    await work;
  } finally {
    void running.splice(running.indexOf(work), 1);
  }
  return object;
}

/** @returns path of the program @throws Error with the compiler's words */
export async function compileProgram({ program, flags }: CompileOptions): Promise<string> {
  const all = [
    ...['-std=c++20', '-Wall', '-Wextra', '-Werror', '-pthread', ...flags],
    ...['-I', 'src', '-I', 'test/cpp'],
  ];
  const headers = ['src/frames', 'src/preprocess', 'test/cpp'].flatMap((folder) => cppFiles(folder, /\.h$/));
  const salt = createHash('sha256').update(all.join('\0'));
  for (const header of headers) salt.update(content(header));
  const key = salt.digest('hex');
  const sources = [...addonSources(), path.join('test/cpp', program)];
  const objects = await Promise.all(sources.map((file) => compileObject(file, all, key)));
  const hash = createHash('sha256').update(key).update(objects.join('\0')).digest('hex').slice(0, 32);
  const target = path.join(CACHE, 'native-tests', `${path.parse(program).name}-${hash}`);
  if (!existsSync(target)) {
    const draft = `${target}.${randomUUID()}`;
    await run('g++', [...all, ...objects, '-o', draft], inNative);
    await rename(draft, target);
  }
  return target;
}

// Lines and functions are what a report names; all of the types would take the compiler half as long again.
const debug = ['-O1', '-g1', '-fno-omit-frame-pointer', '-fno-sanitize-recover=all'];

/** Flags of the sanitizers' builds. */
export const sanitizers = {
  addressAndUndefined: [...debug, '-fsanitize=address,undefined'],
  // Each edge is told to the fuzzer.
  fuzzing: [...debug, '-fsanitize=address,undefined', '-fsanitize-coverage=trace-pc'],
  // Fences guard the seqlock's pixels only, which the sanitizer is told to leave out (-Wtsan speaks of them).
  thread: [...debug, '-fsanitize=thread', '-Wno-tsan'],
} as const;

/** As the addon is built. */
export const optimised = ['-O3'] as const;

/**
 * Runs a program to its end.
 * @param timeoutMs milliseconds; 0: as long as it takes
 * @returns what it printed
 * @throws Error with what it said when it fails
 */
export async function runProgram(
  file: string,
  args: readonly string[] = [],
  timeoutMs = 240_000,
): Promise<string> {
  try {
    const { stdout } = await run(file, [...args], { timeout: timeoutMs, maxBuffer: 1 << 24 });
    return stdout;
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout?: string; stderr?: string; code?: unknown };
    throw new Error(`${path.basename(file)} failed (${String(code)})\n${stderr ?? ''}\n${stdout ?? ''}`, {
      cause: error,
    });
  }
}
