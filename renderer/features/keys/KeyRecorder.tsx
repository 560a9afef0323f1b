import { useEffect, useRef, useState } from 'react';
import type { ActionId } from '../../keys/actions';
import { ACTIONS } from '../../keys/actions';
import { conflictsOf, isReserved } from '../../keys/bindings';
import type { Chord } from '../../keys/chord';
import { chordsOf } from '../../keys/chord';
import { keyStore } from '../../keys/KeyStore';
import { chordText } from '../../keys/keyText';
import { t } from '../../strings';

export interface KeyRecorderProps {
  readonly id: ActionId;
  /** A chord that the action may have; it may belong to another one that can be changed. */
  readonly onRecorded: (chord: Chord) => void;
  readonly onCancel: () => void;
}

/** Waits for the key that an action shall have. Escape, and leaving it, change nothing. */
export function KeyRecorder({ id, onRecorded, onCancel }: KeyRecorderProps) {
  const field = useRef<HTMLDivElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const action = t(ACTIONS[id].label);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== field.current || event.key === 'Tab') return;
      // Before everybody else: whatever is pressed here is meant as the new key.
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') return onCancel();
      const [chord] = chordsOf({
        key: event.key,
        code: event.code,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        shiftKey: event.shiftKey,
        metaKey: event.metaKey,
        altGraph: event.getModifierState('AltGraph'),
      });
      if (chord === undefined || event.repeat) return;
      const why = refusalOf(id, chord);
      if (why === null) onRecorded(chord);
      else setRefusal(why);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [id, onRecorded, onCancel]);
  return (
    <div
      ref={field}
      className="keys-recorder"
      role="textbox"
      aria-readonly
      tabIndex={0}
      aria-label={t('keys.pressHint', { action })}
      onBlur={onCancel}
    >
      {t('keys.press')}
      <span className="keys-refusal" role="alert">
        {refusal}
      </span>
    </div>
  );
}

/** Why the action cannot have the chord, in words; null when it can. */
function refusalOf(id: ActionId, chord: Chord): string | null {
  const key = chordText(chord);
  if (isReserved(chord)) return t('keys.reserved', { key });
  if (keyStore.keys(id).includes(chord)) return t('keys.own', { key, action: t(ACTIONS[id].label) });
  const fixed = conflictsOf(keyStore.overrides(), id, [chord]).find((other) => ACTIONS[other].fixed === true);
  return fixed === undefined ? null : t('keys.fixed', { key, action: t(ACTIONS[fixed].label) });
}
