/** The part of electron-installer-debian that deb.mjs uses; the package brings no types. */
declare module 'electron-installer-debian' {
  export class Installer {
    constructor(data: Record<string, unknown>);
    get contentFunctions(): string[];
    stagingDir: string;
    options: Record<string, unknown> & { packagePaths: [string] };
    generateDefaults(): Promise<unknown>;
    generateOptions(): unknown;
    createStagingDir(): Promise<void>;
    createContents(): Promise<void>;
    createCopyright(): Promise<void>;
    createPackage(): Promise<void>;
    movePackage(): Promise<void>;
  }
  /** A version of npm's in Debian's form. */
  export function transformVersion(version: string): string;
}
