import type { Assignment, Preferences, RequestOf } from '../contract';
import { assignmentRules } from '../contract/assignments';
import { overlaySettings } from '../contract/preferences';

/** The detector of the demo, and what of a street it looks for. */
const MODEL = 'nanodet-g-416x256';
const LABELS = ['person', 'bicycle', 'car', 'truck', 'bus'];

interface DemoParts {
  readonly assignments: {
    create(request: RequestOf<'ai-model-assignments.create'>): Promise<Assignment>;
  };
  readonly preferences: {
    get(): Promise<Preferences>;
    set(patch: Preferences): Promise<Preferences>;
  };
}

/**
 * Lets the demo's camera be looked at and shows what is found, once: what the user changes afterwards stays so,
 * over starts as well.
 * @throws VasError when the detector is not there
 */
export async function ensureDemoDetection(parts: DemoParts, cameraId: string): Promise<void> {
  const { assignments, preferences } = parts;
  if ((await preferences.get()).overlay !== undefined) return;
  await assignments.create({
    camera_id: cameraId,
    model_id: MODEL,
    enabled: true,
    desired_fps: 5,
    priority: null,
    parameters: null,
    rules: assignmentRules.parse({ labels: LABELS }),
  });
  await preferences.set({ overlay: overlaySettings.parse({ enabled: true }) });
}
