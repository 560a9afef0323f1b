// The plain C++ of the addon under the sanitizers: address and undefined behaviour, and threads.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileProgram, optimised, runProgram, sanitizers } from './compile';

/** The first run compiles; the machine may be busy with other tests. */
const TIMEOUT_MS = 280_000;
/** For a longer hunt by hand, which then takes the time it takes. */
const HUNT_ROUNDS = process.env['VAS_FUZZ_ROUNDS'];

describe.each(['addressAndUndefined', 'thread'] as const)('%s', (name) => {
  it.each(['ring_test.cpp', 'tap_test.cpp', 'motion_test.cpp'])(
    '%s',
    async (program) => {
      const file = await compileProgram({ program, flags: sanitizers[name] });
      const output = await runProgram(file);
      expect(output).toMatch(/^\d+ tests$/m);
    },
    TIMEOUT_MS,
  );
});

describe('fuzzing what other processes wrote', () => {
  it.each([
    ['ring', 4000],
    ['nut', 20_000],
    ['ts', 20_000],
    ['log', 20_000],
    ['geometry', 6000],
  ] as const)(
    '%s, %i rounds',
    async (target, rounds) => {
      const file = await compileProgram({ program: 'fuzz.cpp', flags: sanitizers.fuzzing });
      const folder = path.resolve('native/test/cpp/corpus', target);
      const corpus = existsSync(folder)
        ? readdirSync(folder)
            .sort()
            .map((name) => path.join(folder, name))
        : [];
      const asked = HUNT_ROUNDS ?? String(rounds);
      const args = [target, asked, process.env['VAS_FUZZ_SEED'] ?? '1', ...corpus];
      const output = await runProgram(file, args, HUNT_ROUNDS === undefined ? undefined : 0);
      expect(output).toContain(`${asked} rounds of ${target} from ${corpus.length + 1} seeds`);
      // It is guided: inputs that reached more code are changed further, or lie in the corpus already.
      const [, found = 0, edges = 0] = (/, (\d+) found, (\d+) edges/.exec(output) ?? []).map(Number);
      expect(found + corpus.length).toBeGreaterThan(0);
      expect(edges).toBeGreaterThan(50);
    },
    HUNT_ROUNDS === undefined ? TIMEOUT_MS : 0,
  );
});

interface Hunt {
  readonly frames: number;
  readonly torn: number;
  readonly retries: number;
  readonly least_verified: number;
  readonly crashed: number;
}

describe('torn frames across processes (INV-19)', () => {
  const hunt = async (...args: (number | string)[]): Promise<Hunt> => {
    const file = await compileProgram({ program: 'torn.cpp', flags: optimised });
    return JSON.parse(await runProgram(file, args.map(String))) as Hunt;
  };

  it(
    'there are none, although readers are overtaken',
    async () => {
      for (const shape of [
        [30_000, 64, 48],
        [1000, 1920, 1080],
      ]) {
        const found = await hunt(...shape, 3, shape[1] === 64 ? 5000 : 500_000);
        expect(found).toMatchObject({ torn: 0, crashed: 0 });
        expect(found.retries).toBeGreaterThan(0);
        expect(found.least_verified).toBeGreaterThan(found.frames / 100);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'a reader that does not look again is caught',
    async () => {
      const found = await hunt(1000, 1920, 1080, 3, 0, 'mutant');
      expect(found.torn).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
