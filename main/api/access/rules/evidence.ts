import { user } from './shared';
import type { Rules } from './types';

/** Evidence packages. */
export const evidenceRules = {
  'evidence.estimate': { needs: 'export', cameras: ({ camera_ids }) => camera_ids },
  'evidence.choose-folder': { needs: 'export', audit: false },
  // What came of it is written when it is over.
  'evidence.export': { needs: 'export', cameras: ({ camera_ids }) => camera_ids, audit: false },
  'evidence.cancel': { needs: 'export', audit: false },
  'evidence.resume': { needs: 'export', audit: false },
  'evidence.exports': {
    needs: 'export',
    filter: ({ exports }, operator) => ({
      exports: exports.filter(({ camera_ids }) => camera_ids.every((id) => operator.mayCamera(id, 'export'))),
    }),
  },
  'evidence.key': user,
} satisfies Partial<Rules>;
