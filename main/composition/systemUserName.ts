import os from 'node:os';

/** Name of the person at this workstation, as the operating system knows them. */
export function systemUserName(): string {
  try {
    return os.userInfo().username || 'Operator';
  } catch {
    return 'Operator';
  }
}
