// @ts-check
// Every npm script comes through here: node scripts/run.mjs <name> [arguments]. Brings the machine and the
// clone into shape first, so that each of them works as the first command in a fresh clone.
import { nodeAdvice, nodeIsRecent } from './bootstrap/versions.mjs';

const [name = '', ...args] = process.argv.slice(2);

if (name === 'doctor') {
  const { doctor } = await import('./doctor.mjs');
  process.exitCode = await doctor();
} else if (!nodeIsRecent()) {
  console.error(nodeAdvice());
  process.exitCode = 1;
} else {
  process.exitCode = await run();
}

async function run() {
  const { BootstrapError } = await import('./bootstrap/log.mjs');
  const { commands } = await import('./bootstrap/commands/index.mjs');
  const command = commands[name];
  if (!command) {
    console.error(`Unknown command '${name}'. Known: ${[...Object.keys(commands), 'doctor'].join(', ')}`);
    return 2;
  }
  let display = { env: {}, stop: () => {} };
  try {
    const { bootstrap } = await import('./bootstrap/index.mjs');
    const { openDisplay } = await import('./bootstrap/display.mjs');
    const { runtimeEnvironment } = await import('./bootstrap/runtime.mjs');
    const runtime = await bootstrap(command);
    if (command.window) display = await openDisplay();
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, ...runtimeEnvironment(runtime), ...display.env };
    delete env.ELECTRON_RUN_AS_NODE; // set in some editors' terminals; Electron would start as plain Node
    return await command.run({ runtime, env, args });
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  } finally {
    display.stop();
  }
}
