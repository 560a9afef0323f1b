import type { AlertKind } from '../../../contract';

const ORDER: Readonly<Record<AlertKind, number>> = {
  'recording-stopped': 0,
  'disk-nearly-full': 1,
  'keystore-locked': 2,
  'camera-offline': 3,
  'unclean-end': 4,
  'computer-slept': 5,
  'clock-stepped': 6,
};

/** Every kind, most urgent first. */
export const KINDS = (Object.keys(ORDER) as AlertKind[]).sort((one, other) => ORDER[one] - ORDER[other]);

const HAPPENED: ReadonlySet<AlertKind> = new Set(['unclean-end', 'computer-slept', 'clock-stepped']);

/** Something that happened, rather than a state that lasts. */
export const isHappening = (kind: AlertKind): boolean => HAPPENED.has(kind);
