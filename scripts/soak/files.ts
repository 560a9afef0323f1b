import { existsSync, statSync } from 'node:fs';
import { runProgram } from '../cameras/process';

/** Whether a recorded file can be read; one that is gone meanwhile or has no byte yet is no unreadable one. */
export async function readableVideo(file: string): Promise<boolean> {
  try {
    await runProgram('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v:0', '-count_packets'],
      ...['-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', `file:${file}`],
    ]);
    return true;
  } catch {
    return !existsSync(file) || statSync(file).size === 0;
  }
}
