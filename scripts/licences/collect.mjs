// @ts-check
// The licences of everything that the application carries: npm packages from package-lock.json, native parts,
// models. Written beside the bundles (scripts/bootstrap/build.mjs) and shown on the About page.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownTexts } from './knownTexts.mjs';
import { nativeParts } from './nativeParts.mjs';

/**
 * @typedef {{kind: 'package' | 'native' | 'model', name: string, version: string, licence: string, text: string}} Component
 * @typedef {Record<string, {dev?: boolean, optional?: boolean, version?: string}>} Locked
 */

const LICENCE_FILE = /^(licen[cs]e|copying|unlicense|notice)/i;

/** Text of every licence and notice file of a folder; empty when there is none. @param {string} folder */
function licenceText(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n----\n\n');
}

/** The production packages, nested ones too; each name and version once. @param {string} root @param {Locked} locked */
export function packageComponents(root, locked) {
  /** @type {Map<string, Component>} */
  const found = new Map();
  for (const [path, entry] of Object.entries(locked)) {
    const folder = join(root, path);
    // What is optional may be of another platform.
    if (!path.startsWith('node_modules/') || entry.dev || (entry.optional && !existsSync(folder))) continue;
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { name, version } = about;
    const licence = typeof about.license === 'string' ? about.license : (about.license?.type ?? '');
    const own = licenceText(folder) || (knownTexts[name] ?? '');
    // The Mozilla licence asks for it: where the source of what was bundled can be had.
    const text =
      own !== '' && licence.startsWith('MPL')
        ? `Source code: https://www.npmjs.com/package/${name}/v/${version}\n\n${own}`
        : own;
    found.set(`${name}@${version}`, { kind: 'package', name, version, licence, text });
  }
  return [...found.values()];
}

/** @param {string} root */
function modelComponents(root) {
  const folder = join(root, 'models');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'model.yaml')))
    .map(({ name }) => ({
      ...{ kind: /** @type {const} */ ('model'), name, version: '', licence: 'see text' },
      text: licenceText(join(folder, name)),
    }));
}

/**
 * @param {string} root the repository
 * @returns {Component[]} sorted by kind and name
 */
export function collectLicences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const all = [...nativeParts(root), ...packageComponents(root, packages), ...modelComponents(root)];
  const order = ['native', 'package', 'model'];
  return all.sort(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** Names of what has no licence, or none that can be read. @param {Component[]} components */
export const withoutText = (components) =>
  components.filter(({ text, licence }) => text.trim() === '' || licence === '').map(({ name }) => name);
