// @ts-check
// Versions: Node's, and those that package-lock.json has, known before anything is installed.
// This file must load in any Node, so that an old one gets advice instead of a syntax error.
import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** @param {string} name @returns {string} */
export const lockedVersion = (name) =>
  JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages[`node_modules/${name}`].version;

const minimum = { major: 20, minor: 19 };

export function nodeIsRecent(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimum.major || (major === minimum.major && minor >= minimum.minor);
}

/** The npm package is a whole Node release, so this works wherever npm does. */
export function nodeAdvice() {
  const command =
    process.platform === 'linux'
      ? `${process.getuid && process.getuid() === 0 ? '' : 'sudo '}npm install --global node-linux-${process.arch}@22`
      : 'npm install --global n && n 22';
  return (
    `Node ${minimum.major}.${minimum.minor} or newer is needed, this is ${process.versions.node}. ` +
    `Get it with this command, open a new terminal and run the same command again:\n\n  ${command}\n`
  );
}
