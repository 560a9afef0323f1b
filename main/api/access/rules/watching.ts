import { user } from './shared';
import type { Rules } from './types';

/** Live view and playback. */
export const watchingRules = {
  // Who watched is written from what is open (main/audit/watching.ts), not from the calls.
  'live.capabilities': user,
  'live.open-transport': { needs: 'live.watch', audit: false },
  'live.connect-transport': { needs: 'live.watch', audit: false },
  'live.close-transport': user,
  'live.consume': { needs: 'live.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.resume-consumer': { needs: 'live.watch', audit: false },
  'live.close-consumer': user,
  'live.open-replay': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.open-footage': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'live.close-replay': user,
  'playback.timeline': { needs: 'playback.watch', cameras: ({ camera_ids }) => camera_ids },
  'playback.bounds': { needs: 'playback.watch', cameras: ({ camera_ids }) => camera_ids },
  'playback.gap': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'playback.frame': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'playback.open': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id], audit: false },
  'playback.close': user,
  detections: {
    needs: 'live.watch',
    narrow: (request, operator) => ({
      camera_ids: request.camera_ids.filter((id) => operator.mayCamera(id, 'live')),
    }),
  },
  'motion.list': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'motion.search': { needs: 'playback.watch', cameras: ({ camera_id }) => [camera_id] },
  'motion.start-search': {
    needs: 'playback.watch',
    cameras: ({ camera_id }) => [camera_id],
    audit: ({ camera_id, from, to }) => ({ object: { kind: 'camera', id: camera_id }, detail: { from, to } }),
  },
  'motion.cancel-search': { needs: 'playback.watch', audit: false },
  'motion.search-state': {
    needs: 'playback.watch',
    filter: ({ search }, operator) => ({
      search: search !== null && operator.mayCamera(search.camera_id, 'playback') ? search : null,
    }),
  },
} satisfies Partial<Rules>;
