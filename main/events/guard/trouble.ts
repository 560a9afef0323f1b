import { messageOf, VasError } from '../../base/errors';

/** What keeps events from being stored or read. */
export type StoreTrouble = 'damaged' | 'locked' | 'full' | 'read_only' | 'newer' | 'unavailable';

/** Beginnings of SQLite's codes; the first that fits counts. */
const OF_CODE: readonly (readonly [string, StoreTrouble])[] = [
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_FORMAT', 'damaged'],
  // A table is missing: the file was replaced by another one.
  ['SQLITE_ERROR', 'damaged'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_PERM', 'read_only'],
  ['SQLITE_CANTOPEN', 'read_only'],
];

/** What an error says about the store; null when it is about the call: what was asked or given, or too slow. */
export function troubleOf(error: unknown): StoreTrouble | null {
  if (!(error instanceof VasError)) return 'unavailable';
  if (error.kind !== 'unavailable' && error.kind !== 'internal') return null;
  const code = codeOf(error);
  return OF_CODE.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'unavailable';
}

/** As `troubleOf`, of an error in opening: there a conflict is about the file. */
export function troubleInOpening(error: unknown): StoreTrouble {
  if (error instanceof VasError && error.kind === 'conflict') return 'newer';
  return troubleOf(error) ?? 'unavailable';
}

const GOES_ON = 'Video and recording go on.';
const TEXTS: Readonly<Record<StoreTrouble, string>> = {
  damaged: `The event store is damaged. ${GOES_ON} Start a new event store on the Events screen; the damaged file is kept.`,
  locked: `Another program has locked the event store. ${GOES_ON} Close that program.`,
  full: `The disk that holds the event store is full. ${GOES_ON} Free some space.`,
  read_only: `The event store cannot be written. ${GOES_ON} Check the permissions of the data folder and how its disk is mounted.`,
  newer: `The event store belongs to a newer version or to another program. ${GOES_ON} Use the newer version, or start a new event store on the Events screen.`,
  unavailable: `The event store does not answer. ${GOES_ON} Check the disk that holds the data folder.`,
};

/** The same error with words about events, for people. */
export function toldAs(trouble: StoreTrouble, error: unknown): VasError {
  return new VasError('unavailable', TEXTS[trouble], {
    cause: error,
    details: { trouble, reason: messageOf(error) },
  });
}

function codeOf({ details }: VasError): string {
  const code = (details as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
