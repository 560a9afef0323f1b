import { writeFile } from 'node:fs/promises';
import { messageOf, VasError } from '../base/errors';
import type { NativeDialogs } from '../settings/dialogs';

/** Headings that the list of cameras understands, with two cameras as an example. */
const TEMPLATE = [
  'name,address,sub-stream,user,password,location,groups,description',
  'Main gate,rtsp://192.0.2.10:554/stream1,rtsp://192.0.2.10:554/stream2,viewer,,Gatehouse,Outside|Gates,',
  'Reception,rtsp://192.0.2.11:554/stream1,,,,"Building A, ground floor",Building A,Behind the desk',
  '',
].join('\r\n');

/**
 * Asks where to keep an example of a list of cameras, and writes it.
 * @returns the file; null when the person cancelled
 * @throws VasError unavailable when it cannot be written
 */
export async function saveListTemplate(dialogs: NativeDialogs): Promise<string | null> {
  const file = await dialogs.saveFile({
    title: 'Save template for a list of cameras',
    suggestedName: 'cameras.csv',
    kind: { name: 'CSV', extension: 'csv' },
  });
  if (file === null) return null;
  try {
    await writeFile(file, TEMPLATE);
  } catch (error) {
    throw new VasError(
      'unavailable',
      `The template cannot be written to ${file}: ${messageOf(error)}. Choose another folder.`,
      { cause: error },
    );
  }
  return file;
}
