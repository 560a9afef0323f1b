import { plural } from '../../../strings';

/** Days. */
const AGES = [7, 14, 30, 60, 90, 180, 365, 730];

/** The choices, and what is set if it is none of them. */
export const agesWith = (current: number | null): readonly number[] =>
  [...new Set(current === null ? AGES : [...AGES, current])].sort((one, other) => one - other);

export const ageText = (days: number): string => plural('settings.days', days);
