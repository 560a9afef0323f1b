import { statfs } from 'node:fs/promises';
import { runProgram } from '../cameras/process';

const GIB = 1024 ** 3;
/** Never used up by a soak; memory is only taken for what is written. */
const WIDE = `size=${String(64 * GIB)}`;

/** A disk for the footage of a soak that can be full. Takes the rights of the administrator. */
export class DiskVolume {
  private constructor(private readonly folder: string) {}

  /** Puts it at an existing empty folder. @returns null where that is not allowed */
  static async mount(folder: string): Promise<DiskVolume | null> {
    try {
      await runProgram('mount', ['-t', 'tmpfs', '-o', `${WIDE},mode=0700`, 'tmpfs', folder]);
      return new DiskVolume(folder);
    } catch {
      return null;
    }
  }

  /** From now on there is no room for another block. */
  async fill(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { bsize, blocks, bfree } = await statfs(this.folder);
      const used = Math.max(1, blocks - bfree) * bsize;
      try {
        await runProgram('mount', ['-o', `remount,size=${String(used)}`, this.folder]);
        return;
      } catch (error) {
        // Something was written between the look and the change.
        if (attempt === 20) throw error;
      }
    }
  }

  async empty(): Promise<void> {
    await runProgram('mount', ['-o', `remount,${WIDE}`, this.folder]);
  }

  async remove(): Promise<void> {
    await runProgram('umount', ['-l', this.folder]);
  }
}
