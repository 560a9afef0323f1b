import path from 'node:path';
import type { Files } from '../../media/worker/files';

/** The process was killed, or the power cut, at this call: nothing after it happens. */
export class Crash extends Error {}

interface FileNode {
  readonly kind: 'file';
  data: Buffer;
  /** What is on the platter. */
  durable: Buffer;
  mtimeMs: number;
}
interface FolderNode {
  readonly kind: 'folder';
  readonly entries: Map<string, Inode>;
}
type Inode = FileNode | FolderNode;

/** A change of names that no fsync of a folder has made durable. */
type Change =
  | { readonly kind: 'add'; readonly folder: FolderNode; readonly name: string; readonly node: Inode }
  | { readonly kind: 'remove'; readonly folder: FolderNode; readonly name: string }
  | {
      readonly kind: 'rename';
      readonly from: FolderNode;
      readonly name: string;
      readonly folder: FolderNode;
      readonly to: string;
      readonly node: Inode;
    };

interface Descriptor {
  readonly node: Inode;
  position: number;
}

const failure = (code: string, what: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code}: ${what}`), { code });

/**
 * A file system in memory that forgets what was not synced when the power is cut, and fails at a chosen call.
 * A rename happens whole or not at all; other changes of names and contents survive a power cut in any selection.
 */
export class FaultyDisk {
  readonly #root: FolderNode = { kind: 'folder', entries: new Map() };
  /** Names as the platter has them. */
  readonly #platter = new Map<FolderNode, Map<string, Inode>>();
  #pending: Change[] = [];
  readonly #open = new Map<number, Descriptor>();
  #nextFd = 3;
  #calls = 0;
  #crashed = false;
  /** Called before each call that changes or syncs something; may throw. */
  onCall: (call: number, name: string) => void = () => undefined;
  isReadOnly = false;

  get calls(): number {
    return this.#calls;
  }

  /** The process is gone; what it had written is still there. */
  kill(): void {
    this.#crashed = true;
  }

  /** The computer starts again. */
  restart(): void {
    this.#crashed = false;
    this.#open.clear();
  }

  /** @param survives decides for each change that was not synced */
  cutPower(survives: () => boolean): void {
    for (const change of this.#pending) if (survives()) this.#commit(change);
    this.#pending = [];
    const seen = new Set<Inode>();
    const revert = (folder: FolderNode): void => {
      seen.add(folder);
      folder.entries.clear();
      for (const [name, node] of this.#platterOf(folder)) {
        folder.entries.set(name, node);
        if (seen.has(node)) continue;
        if (node.kind === 'folder') revert(node);
        else if (!survives()) node.data = Buffer.from(node.durable);
      }
    };
    revert(this.#root);
  }

  /** Writes a file as FFmpeg does: nothing of it is synced. */
  write(file: string, data: Buffer, mtimeMs: number): void {
    const [folder, name] = this.#parent(file);
    const node: FileNode = { kind: 'file', data: Buffer.from(data), durable: Buffer.alloc(0), mtimeMs };
    folder.entries.set(name, node);
    this.#pending.push({ kind: 'add', folder, name, node });
  }

  makeFolder(folder: string): void {
    this.files.mkdirSync(folder, { recursive: true });
  }

  /** The part of node:fs that recording uses. */
  readonly files = this.#files() as unknown as Files;

  #files() {
    const step = (name: string): void => {
      if (this.#crashed) throw new Crash(name);
      this.onCall(++this.#calls, name);
      if (this.isReadOnly && name !== 'fsync') throw failure('EROFS', name);
    };
    const alive = (): void => {
      if (this.#crashed) throw new Crash('read');
    };
    const descriptor = (fd: number): Descriptor => {
      const found = this.#open.get(fd);
      if (!found) throw failure('EBADF', String(fd));
      return found;
    };
    const fileOf = (fd: number): FileNode => {
      const { node } = descriptor(fd);
      if (node.kind !== 'file') throw failure('EISDIR', String(fd));
      return node;
    };
    const stat = (node: Inode) => ({
      size: node.kind === 'file' ? node.data.length : 0,
      mtimeMs: node.kind === 'file' ? node.mtimeMs : 0,
      mtime: new Date(node.kind === 'file' ? node.mtimeMs : 0),
      atime: new Date(0),
      dev: 1,
      isFile: () => node.kind === 'file',
      isDirectory: () => node.kind === 'folder',
    });
    return {
      existsSync: (file: string): boolean => {
        alive();
        return this.#find(file) !== null;
      },
      statSync: (file: string, options?: { throwIfNoEntry?: boolean }) => {
        alive();
        const node = this.#find(file);
        if (node) return stat(node);
        if (options?.throwIfNoEntry === false) return undefined;
        throw failure('ENOENT', file);
      },
      statfsSync: () => ({ bavail: 1e6, blocks: 1e6, bsize: 4096 }),
      realpathSync: (file: string) => file,
      openSync: (file: string, flags = 'r'): number => {
        alive();
        let node = this.#find(file);
        if (!node && flags === 'w') {
          step('create');
          const [folder, name] = this.#parent(file);
          node = { kind: 'file', data: Buffer.alloc(0), durable: Buffer.alloc(0), mtimeMs: 0 };
          folder.entries.set(name, node);
          this.#pending.push({ kind: 'add', folder, name, node });
        } else if (flags === 'w' && node?.kind === 'file') {
          step('truncate');
          node.data = Buffer.alloc(0);
        }
        if (!node) throw failure('ENOENT', file);
        this.#open.set(this.#nextFd, { node, position: 0 });
        return this.#nextFd++;
      },
      closeSync: (fd: number): void => void this.#open.delete(fd),
      fchmodSync: () => undefined,
      fstatSync: (fd: number) => stat(descriptor(fd).node),
      futimesSync: (fd: number, _atime: Date, mtime: Date): void => {
        fileOf(fd).mtimeMs = mtime.getTime();
      },
      ftruncateSync: (fd: number, length: number): void => {
        step('truncate');
        const node = fileOf(fd);
        node.data = Buffer.from(node.data.subarray(0, length));
      },
      fsyncSync: (fd: number): void => {
        step('fsync');
        const { node } = descriptor(fd);
        if (node.kind === 'file') node.durable = Buffer.from(node.data);
        else this.#syncFolder(node);
      },
      readSync: (
        fd: number,
        target: Uint8Array,
        offset: number,
        length: number,
        position: number,
      ): number => {
        alive();
        const bytes = fileOf(fd).data.subarray(position, position + length);
        target.set(bytes, offset);
        return bytes.length;
      },
      writeSync: (fd: number, bytes: Uint8Array, offset = 0): number => {
        step('write');
        const open = descriptor(fd);
        const node = fileOf(fd);
        const part = bytes.subarray(offset);
        node.data = Buffer.concat([node.data.subarray(0, open.position), part]);
        open.position += part.length;
        return part.length;
      },
      mkdirSync: (folder: string, options?: { recursive?: boolean }): void => {
        if (this.#find(folder)) return;
        if (options?.recursive && !this.#find(path.dirname(folder)))
          this.files.mkdirSync(path.dirname(folder), { recursive: true });
        step('mkdir');
        const [parent, name] = this.#parent(folder);
        const node: FolderNode = { kind: 'folder', entries: new Map() };
        parent.entries.set(name, node);
        this.#pending.push({ kind: 'add', folder: parent, name, node });
      },
      renameSync: (file: string, to: string): void => {
        step('rename');
        const [from, name] = this.#parent(file);
        const node = from.entries.get(name);
        if (!node) throw failure('ENOENT', file);
        const [folder, target] = this.#parent(to);
        from.entries.delete(name);
        folder.entries.set(target, node);
        this.#pending.push({ kind: 'rename', from, name, folder, to: target, node });
      },
      unlinkSync: (file: string): void => {
        step('unlink');
        const [folder, name] = this.#parent(file);
        if (!folder.entries.delete(name)) throw failure('ENOENT', file);
        this.#pending.push({ kind: 'remove', folder, name });
      },
      rmdirSync: (folder: string): void => {
        step('rmdir');
        const node = this.#find(folder);
        if (node?.kind !== 'folder') throw failure('ENOENT', folder);
        if (node.entries.size > 0) throw failure('ENOTEMPTY', folder);
        const [parent, name] = this.#parent(folder);
        parent.entries.delete(name);
        this.#pending.push({ kind: 'remove', folder: parent, name });
      },
      readdirSync: (folder: string) => {
        alive();
        const node = this.#find(folder);
        if (node?.kind !== 'folder') throw failure('ENOENT', folder);
        return [...node.entries].map(([name, entry]) => ({ name, ...stat(entry) }));
      },
      readFileSync: (file: string, encoding?: string) => {
        alive();
        const node = this.#find(file);
        if (node?.kind !== 'file') throw failure('ENOENT', file);
        return encoding === undefined ? Buffer.from(node.data) : node.data.toString('utf8');
      },
    };
  }

  #platterOf(folder: FolderNode): Map<string, Inode> {
    const known = this.#platter.get(folder) ?? new Map<string, Inode>();
    this.#platter.set(folder, known);
    return known;
  }

  #commit(change: Change): void {
    if (change.kind === 'rename') {
      // An entry that never reached the platter is not moved out of it; the new name is written all the same.
      this.#platterOf(change.from).delete(change.name);
      this.#platterOf(change.folder).set(change.to, change.node);
    } else if (change.kind === 'add') this.#platterOf(change.folder).set(change.name, change.node);
    else this.#platterOf(change.folder).delete(change.name);
  }

  /** Everything that concerns this folder, in order. */
  #syncFolder(folder: FolderNode): void {
    const isMine = (change: Change): boolean =>
      change.folder === folder || (change.kind === 'rename' && change.from === folder);
    for (const change of this.#pending) if (isMine(change)) this.#commit(change);
    this.#pending = this.#pending.filter((change) => !isMine(change));
  }

  #find(file: string): Inode | null {
    let node: Inode = this.#root;
    for (const part of file.split('/').filter((one) => one !== '')) {
      const next: Inode | undefined = node.kind === 'folder' ? node.entries.get(part) : undefined;
      if (!next) return null;
      node = next;
    }
    return node;
  }

  #parent(file: string): [FolderNode, string] {
    const folder = this.#find(path.dirname(file));
    if (folder?.kind !== 'folder') throw failure('ENOENT', file);
    return [folder, path.basename(file)];
  }
}
