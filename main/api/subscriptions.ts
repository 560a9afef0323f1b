import type { Subscriptions } from './api';
import type { AlertFeed } from './alertFeed';
import { auditRevision } from './auditRevision';
import { detectionFeed } from './detectionFeed';
import type { Revisions } from './revisions';
import type { HandlerContext } from './handlers';
import type { SettingsFeed } from './settingsFeed';
import type { StateFeed } from './stateFeed';

/** What subscriptions listen to besides the parts that the handlers use. */
export interface Feeds {
  readonly states: StateFeed;
  readonly devices: Revisions;
  readonly captures: Revisions;
  readonly settings: SettingsFeed;
  readonly alerts: AlertFeed;
}

/** One for each subscription of the contract. */
export function createSubscriptions(context: HandlerContext, feeds: Feeds): Subscriptions {
  const { kernel, core, ai, events, eventExports, layouts, preferences, session, evidence, support } =
    context;
  const { desktop, windows } = context;
  return {
    'streams.states': (_request, push) => feeds.states.subscribe(push),
    'devices.revision': (_request, push) => feeds.devices.subscribe(push),
    'captures.revision': (_request, push) => feeds.captures.subscribe(push),
    'alerts.active': (_request, push) => feeds.alerts.subscribe(push),
    'preferences.changes': (_request, push) => preferences.subscribe(push),
    detections: detectionFeed(core, (streamId, mediaUs) => kernel.live.rtpTimeOf(streamId, mediaUs)),
    'model-containers.changed': (_request, push) => {
      const listening = ai.containers?.onChange((model_id) => push({ model_id }));
      return () => void listening?.dispose();
    },
    'ai-events.exports': (_request, push) => eventExports.subscribe(push),
    'ai-events.expiry': (_request, push) => events.subscribeExpiry(push),
    'ai-events.store': (_request, push) => events.subscribeStore(push),
    'ai-events.stored': (_request, push) => events.subscribe(push),
    'layouts.revision': (_request, push) => layouts.subscribe(push),
    'desktop.question': (_request, push) => desktop.subscribeQuestion(push),
    'windows.state': (_request, push) => windows.subscribe(push),
    'windows.requests': (_request, push) => windows.subscribeRequests(push),
    'archive.check-state': (_request, push) => {
      push(kernel.recording.checks.state);
      const listening = kernel.recording.checks.onChanged(push);
      return () => void listening.dispose();
    },
    'settings.changed': (_request, push) => feeds.settings.subscribe(push),
    'session.state': (_request, push) => session.subscribe(push),
    'audit.revision': auditRevision(context.audit),
    'evidence.exports': (_request, push) => evidence.subscribe(push),
    'support.state': (_request, push) => support.subscribe(push),
    'motion.search-state': ({ id }, push) =>
      kernel.motionSearches.subscribe(id, (search) => push({ search })),
  };
}
