import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Component } from '../../contract/about';
import { component } from '../../contract/about';
import { messageOf, VasError } from '../base/errors';

/**
 * Licences of what the application carries, as the build collected them (scripts/licences).
 * @throws VasError unavailable when the installation lacks them
 */
export async function readLicences(file: string): Promise<Component[]> {
  try {
    return z.array(component).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new VasError(
      'unavailable',
      `The list of licences cannot be read (${messageOf(cause)}). Install the application again.`,
      { cause },
    );
  }
}
