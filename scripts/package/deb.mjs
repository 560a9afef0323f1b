// @ts-check
// The .deb from the unpacked application, with tools that every Debian has.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Installer, transformVersion } from 'electron-installer-debian';
import { listFiles } from '../bootstrap/cache.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { copyrightText } from './copyright.mjs';
import { debianDependencies, RECOMMENDED } from './dependencies.mjs';

const debian = (/** @type {string} */ name) => inRoot('scripts', 'package', 'debian', name);
const ICON_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512];
const ARCHITECTURES = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64' });

class Package extends Installer {
  /** @override */
  get contentFunctions() {
    const theirs = super.contentFunctions.filter((/** @type {string} */ name) => name !== 'createOverrides');
    return [...theirs, 'copyDebianFiles'];
  }

  /** Ours, not Electron's. @override */
  async createCopyright() {
    this.#write('usr/share/doc/vas-workstation/copyright', copyrightText());
  }

  /** Debian's own files that the library does not know. */
  async copyDebianFiles() {
    for (const [name, mode] of /** @type {const} */ ([
      ['config', 0o755],
      ['templates', 0o644],
    ]))
      this.#copy(debian(name), `DEBIAN/${name}`, mode);
    this.#copy(debian('vas-workstation.service'), 'usr/lib/systemd/user/vas-workstation.service');
    this.#copy(debian('README.Debian'), 'usr/share/doc/vas-workstation/README.Debian');
  }

  /** @override */
  async createPackage() {
    // For `dpkg --verify`; Linux has no check of app.asar inside Electron.
    const sums = listFiles([join(this.stagingDir, 'usr')]).map(
      (file) =>
        `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(this.stagingDir, file)}\n`,
    );
    this.#write('DEBIAN/md5sums', sums.join(''));
    return super.createPackage();
  }

  #copy(/** @type {string} */ from, /** @type {string} */ to, mode = 0o644) {
    const target = join(this.stagingDir, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
    chmodSync(target, mode);
  }

  #write(/** @type {string} */ to, /** @type {string} */ text) {
    const target = join(this.stagingDir, to);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { mode: 0o644 });
  }
}

/**
 * @param {{source: string, output: string, version: string, electronVersion: string}} options
 *   source: the unpacked application; output: folder of the result
 * @returns {Promise<string>} the file
 */
export async function makeDeb({ source, output, version, electronVersion }) {
  const { description } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const debVersion = transformVersion(version);
  const arch = ARCHITECTURES[process.arch] ?? process.arch;
  const umask = process.umask(0o022);
  try {
    const installer = new Package({
      src: source,
      dest: output,
      rename: (/** @type {string} */ folder) => join(folder, `vas-workstation_${debVersion}_${arch}.deb`),
      logger: () => {},
      options: {
        name: 'vas-workstation',
        productName: 'VAS Workstation',
        bin: 'vas-workstation',
        version: debVersion,
        arch,
        description: 'network video recorder for a security desk',
        productDescription: description,
        maintainer: 'VAS Workstation',
        section: 'video',
        priority: 'optional',
        compression: 'zstd',
        desktopTemplate: debian('vas-workstation.desktop.ejs'),
        icon: Object.fromEntries(
          ICON_SIZES.map((size) => [
            `${size}x${size}`,
            inRoot('assets', 'icons', 'app', `${size}x${size}.png`),
          ]),
        ),
        scripts: { postinst: debian('postinst'), prerm: debian('prerm'), postrm: debian('postrm') },
      },
    });
    // The library asks for this file, which electron-builder leaves out.
    const versionFile = join(source, 'version');
    writeFileSync(versionFile, electronVersion);
    await installer.generateDefaults();
    installer.generateOptions();
    // Instead of the library's guesses: what the executables really need.
    Object.assign(installer.options, {
      depends: await debianDependencies(source),
      recommends: RECOMMENDED,
      suggests: [],
    });
    await installer.createStagingDir();
    await installer.createContents();
    await installer.createPackage();
    await installer.movePackage();
    return installer.options.packagePaths[0];
  } finally {
    process.umask(umask);
  }
}
