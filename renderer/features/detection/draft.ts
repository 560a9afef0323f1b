import type { Assignment, AssignmentRules, Model, RequestInput } from '../../../contract';
import type { Area } from './areas';
import { areasOf, problemOf, rulesOf } from './areas';
import type { ParameterDraft } from './parameterFields';
import { draftOf, fieldsOf, parametersOf, wrongFields } from './parameterFields';

/** An assignment as it is edited; empty texts mean none. */
export interface Draft {
  readonly fps: string;
  readonly priority: string;
  readonly minConfidence: number | null;
  readonly labels: readonly string[] | null;
  readonly minHeight: number;
  readonly stream: AssignmentRules['stream'];
  readonly when: AssignmentRules['persist']['when'];
  /** Seconds. */
  readonly interval: string;
  readonly onMotion: boolean;
  readonly sensitivity: AssignmentRules['motion']['sensitivity'];
  /** Seconds. */
  readonly motionHold: string;
  readonly motionEvery: string;
  readonly areas: readonly Area[];
  readonly parameters: ParameterDraft;
}

export function draftFrom(
  { desired_fps, priority, rules, parameters }: Assignment,
  model: Model | null,
): Draft {
  return {
    fps: desired_fps === null ? '' : String(desired_fps),
    priority: priority === null ? '' : String(priority),
    minConfidence: rules.min_confidence,
    labels: rules.labels,
    minHeight: rules.min_height,
    stream: rules.stream,
    when: rules.persist.when,
    interval: String(rules.persist.min_interval_ms / 1000),
    onMotion: rules.motion.enabled,
    sensitivity: rules.motion.sensitivity,
    motionHold: String(rules.motion.hold_s),
    motionEvery: String(rules.motion.every_s),
    areas: areasOf(rules),
    parameters: draftOf(fieldsOf(model?.config_schema ?? null), parameters),
  };
}

export type Wrong =
  'fps' | 'priority' | 'interval' | 'motionHold' | 'motionEvery' | 'areas' | 'labels' | 'parameters';

/** Whether a text is empty or a whole number (or any, for seconds) in a range. */
function fits(text: string, min: number, max: number, { isWhole = true, canBeEmpty = true } = {}): boolean {
  if (text.trim() === '') return canBeEmpty;
  const value = Number(text);
  return Number.isFinite(value) && (!isWhole || Number.isInteger(value)) && value >= min && value <= max;
}

/** What cannot be saved as it is. */
export function wrongIn(draft: Draft, model: Model | null): ReadonlySet<Wrong> {
  const wrong = new Set<Wrong>();
  if (!fits(draft.fps, 1, 30)) wrong.add('fps');
  if (!fits(draft.priority, 0, 100)) wrong.add('priority');
  if (!fits(draft.interval, 0, 3_600, { isWhole: false, canBeEmpty: false })) wrong.add('interval');
  if (!fits(draft.motionHold, 1, 120, { canBeEmpty: false })) wrong.add('motionHold');
  if (!fits(draft.motionEvery, 1, 600, { canBeEmpty: false })) wrong.add('motionEvery');
  if (problemOf(draft.areas) !== null) wrong.add('areas');
  if (draft.labels?.length === 0) wrong.add('labels');
  if (wrongFields(fieldsOf(model?.config_schema ?? null), draft.parameters).size > 0) wrong.add('parameters');
  return wrong;
}

/** The change that makes an assignment what was edited. */
export function updateFrom(
  draft: Draft,
  before: Assignment,
  model: Model | null,
): RequestInput<'ai-model-assignments.update'> {
  const numberOf = (text: string) => (text.trim() === '' ? null : Number(text));
  return {
    id: before.id,
    desired_fps: numberOf(draft.fps),
    priority: numberOf(draft.priority),
    parameters: parametersOf(fieldsOf(model?.config_schema ?? null), draft.parameters, before.parameters),
    rules: {
      ...rulesOf(draft.areas),
      min_confidence: draft.minConfidence,
      labels: draft.labels === null ? null : [...draft.labels],
      min_height: draft.minHeight,
      stream: draft.stream,
      motion: {
        enabled: draft.onMotion,
        sensitivity: draft.sensitivity,
        hold_s: Number(draft.motionHold),
        every_s: Number(draft.motionEvery),
      },
      persist: { when: draft.when, min_interval_ms: Math.round(Number(draft.interval) * 1000) },
    },
  };
}
