// @ts-check
// The words behind a command: read in one way, and explained where they are wrong or asked for.
import { parseArgs } from 'node:util';

/**
 * `--help` prints how the command is used and ends it with 0; an option that it does not know says so and ends it with 2.
 * @template {import('node:util').ParseArgsConfig} T
 * @param {string} usage
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function commandLine(usage, config) {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
