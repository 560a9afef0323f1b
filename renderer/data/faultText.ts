import { t } from '../strings';
import type { FaultCode } from './streamCondition';

/** What is wrong, in a few words. */
export const faultTitle = (code: FaultCode): string => t(`fault.${code}.title`);

/** What the user can do about it. */
export const faultAdvice = (code: FaultCode): string => t(`fault.${code}.advice`);

/** Faults that are mended in the camera's form. */
const IN_FORM: ReadonlySet<FaultCode> = new Set([
  'unauthorized',
  'not_found',
  'unsupported',
  'no_credentials',
]);

export const mendedInForm = (code: FaultCode): boolean => IN_FORM.has(code);
