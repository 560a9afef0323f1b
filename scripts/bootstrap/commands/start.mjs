// @ts-check
// npm start: the application itself, from the sources.
import { sandboxArguments } from '../display.mjs';
import { foreground } from '../foreground.mjs';

/** @param {import('./index.mjs').Context} context */
export const start = ({ runtime, env, args }) =>
  foreground(runtime.electron.executable, [...sandboxArguments(), '.', ...args], env);
