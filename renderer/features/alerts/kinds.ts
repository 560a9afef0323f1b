import type { AlertKind } from '../../../contract';

const ORDER: Readonly<Record<AlertKind, number>> = {
  'recording-stopped': 0,
  'disk-nearly-full': 1,
  'deletion-refused': 2,
  'keystore-locked': 3,
  'camera-offline': 4,
  'unclean-end': 5,
  'computer-slept': 6,
  'clock-stepped': 7,
};

/** Every kind, most urgent first. */
export const KINDS = (Object.keys(ORDER) as AlertKind[]).sort((one, other) => ORDER[one] - ORDER[other]);

const HAPPENED: ReadonlySet<AlertKind> = new Set(['unclean-end', 'computer-slept', 'clock-stepped']);

/** Something that happened, rather than a state that lasts. */
export const isHappening = (kind: AlertKind): boolean => HAPPENED.has(kind);
