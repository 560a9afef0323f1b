// @ts-check
// Electron's fuses: switches inside the executable that cannot be changed from outside without breaking its
// signature or the package's checksums. What ships, what the test twin changes, and how to read them back.
import { FuseV1Options, flipFuses, FuseVersion, getCurrentFuseWire } from '@electron/fuses';

/** How a fuse stands in the executable: the characters '0' and '1'. */
const OFF = 0x30;
const ON = 0x31;

/** @typedef {Record<string, boolean>} Fuses by name of @electron/fuses' FuseV1Options */

/**
 * The shipped executable. Validating app.asar's checksum exists on macOS and Windows only; on Linux the fuse
 * has no effect, and the package manager's checksums (`dpkg --verify vas-workstation`) take its place.
 * @type {Fuses}
 */
export const shippedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** The twin that Playwright drives differs in nothing else. @type {Fuses} */
export const twinFuses = { ...shippedFuses, EnableNodeCliInspectArguments: true };

const names = /** @type {(keyof typeof FuseV1Options)[]} */ (Object.keys(shippedFuses));

/** What electron-builder calls the same fuses. @returns {Record<string, boolean>} */
export const builderFuses = () =>
  Object.fromEntries(names.map((name) => [name[0]?.toLowerCase() + name.slice(1), !!shippedFuses[name]]));

/**
 * @param {string} executable
 * @returns {Promise<Fuses>}
 * @throws Error when the executable has no fuses or lacks one of ours
 */
export async function readFuses(executable) {
  const wire = /** @type {Record<number, number>} */ (
    /** @type {unknown} */ (await getCurrentFuseWire(executable))
  );
  /** @type {Fuses} */
  const found = {};
  for (const name of names) {
    const state = wire[FuseV1Options[name]];
    if (state !== ON && state !== OFF) throw new Error(`${executable} does not have the fuse ${name}`);
    found[name] = state === ON;
  }
  return found;
}

/** @param {string} executable @param {Fuses} fuses */
export async function setFuses(executable, fuses) {
  const options = Object.fromEntries(names.map((name) => [FuseV1Options[name], fuses[name]]));
  await flipFuses(executable, { version: FuseVersion.V1, ...options });
}
