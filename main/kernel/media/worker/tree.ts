import path from 'node:path';
import { disk } from './files';

export interface TreeFile {
  /** Relative to the folder that was listed, forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Last change, microseconds since the Unix epoch. */
  readonly modifiedUs: number;
}

/** Every file below a folder, in order of its path; none when the folder does not exist. Links are not followed. */
export function listTree(folder: string): TreeFile[] {
  const files: TreeFile[] = [];
  const walk = (relative: string): void => {
    for (const entry of entriesOf(path.join(folder, relative))) {
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(child);
      else if (entry.isFile()) {
        const stat = disk.statSync(path.join(folder, child), { throwIfNoEntry: false });
        if (stat) files.push({ path: child, bytes: stat.size, modifiedUs: Math.round(stat.mtimeMs * 1000) });
      }
    }
  };
  walk('');
  return files;
}

/** Names of the folders directly inside a folder. */
export function listFolders(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function entriesOf(folder: string) {
  try {
    return disk.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
