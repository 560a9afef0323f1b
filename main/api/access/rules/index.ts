import { applicationRules } from './application';
import { cameraRules } from './cameras';
import { captureRules } from './captures';
import { eventRules } from './events';
import { evidenceRules } from './evidence';
import { healthRules } from './health';
import { modelRules } from './models';
import { recordingRules } from './recordings';
import { userRules } from './users';
import { wallRules } from './wall';
import { watchingRules } from './watching';
import type { Rules } from './types';

export type { Rules } from './types';

export const rules: Rules = {
  ...cameraRules,
  ...watchingRules,
  ...captureRules,
  ...wallRules,
  ...recordingRules,
  ...healthRules,
  ...modelRules,
  ...eventRules,
  ...applicationRules,
  ...userRules,
  ...evidenceRules,
};
