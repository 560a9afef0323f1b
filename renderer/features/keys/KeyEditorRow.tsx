import { useState } from 'react';
import type { ActionId } from '../../keys/actions';
import { ACTIONS } from '../../keys/actions';
import type { Overrides } from '../../keys/bindings';
import { conflictsOf, keysOf, MOST_KEYS } from '../../keys/bindings';
import type { Chord } from '../../keys/chord';
import { chordText } from '../../keys/keyText';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CloseIcon, PlusIcon, ResetIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { KeyCaps } from './KeyCaps';
import { KeyRecorder } from './KeyRecorder';
import { useSaveKeys } from './useSaveKeys';

interface Question {
  readonly text: string;
  readonly action: string;
  readonly chords: readonly Chord[];
}

/** The keys of one action, with what changes them. */
export function KeyEditorRow({ id, overrides }: { readonly id: ActionId; readonly overrides: Overrides }) {
  // Which key is being recorded anew; `add` for one more.
  const [recording, setRecording] = useState<Chord | 'add' | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const { change } = useSaveKeys();
  const action = t(ACTIONS[id].label);
  const chords = keysOf(overrides, id);
  const isFixed = ACTIONS[id].fixed === true;

  const give = (next: readonly Chord[], added: readonly Chord[], words: 'keys.taken' | 'keys.resetTaken') => {
    setRecording(null);
    const losers = conflictsOf(overrides, id, added);
    if (losers.length === 0) return void change(id, next);
    setQuestion({
      text: t(words, {
        key: added.map(chordText).join(', '),
        actions: losers.map((other) => t(ACTIONS[other].label)).join(', '),
      }),
      action: t(words === 'keys.taken' ? 'keys.take' : 'keys.resetTake'),
      chords: next,
    });
  };
  const onRecorded = (chord: Chord) => {
    const next =
      recording === 'add' ? [...chords, chord] : chords.map((old) => (old === recording ? chord : old));
    give(next, [chord], 'keys.taken');
  };

  if (isFixed)
    return (
      <li className="keys-row keys-fixed" data-action={id}>
        <span className="keys-label">{action}</span>
        {chords.map((chord) => (
          <KeyCaps key={chord} chord={chord} />
        ))}
      </li>
    );
  return (
    <li className="keys-row" data-action={id}>
      <span className="keys-label">
        {action}
        {overrides[id] === undefined ? null : <span className="keys-changed">{t('keys.changed')}</span>}
      </span>
      {chords.length === 0 && recording === null ? <span className="keys-none">{t('keys.none')}</span> : null}
      {chords.map((chord) =>
        recording === chord ? (
          <KeyRecorder key={chord} id={id} onRecorded={onRecorded} onCancel={() => setRecording(null)} />
        ) : (
          <span key={chord} className="keys-chip">
            <Button
              look="quiet"
              className="keys-chip-change"
              aria-label={t('keys.change', { key: chordText(chord), action })}
              onPress={() => {
                setQuestion(null);
                setRecording(chord);
              }}
            >
              <KeyCaps chord={chord} />
            </Button>
            <IconButton
              className="keys-chip-remove"
              label={t('keys.remove', { key: chordText(chord), action })}
              onPress={() =>
                void change(
                  id,
                  chords.filter((other) => other !== chord),
                )
              }
            >
              <CloseIcon size={12} />
            </IconButton>
          </span>
        ),
      )}
      {recording === 'add' ? (
        <KeyRecorder id={id} onRecorded={onRecorded} onCancel={() => setRecording(null)} />
      ) : null}
      <IconButton
        label={t('keys.add', { action })}
        isDisabled={chords.length >= MOST_KEYS || recording !== null}
        onPress={() => {
          setQuestion(null);
          setRecording('add');
        }}
      >
        <PlusIcon size={16} />
      </IconButton>
      <IconButton
        label={t('keys.reset', { action })}
        isDisabled={overrides[id] === undefined}
        onPress={() => give(ACTIONS[id].keys, ACTIONS[id].keys, 'keys.resetTaken')}
      >
        <ResetIcon size={16} />
      </IconButton>
      {question === null ? null : (
        <div className="keys-question" role="alert">
          <span>{question.text}</span>
          <Button onPress={() => setQuestion(null)}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            autoFocus
            onPress={() => {
              setQuestion(null);
              void change(id, question.chords);
            }}
          >
            {question.action}
          </Button>
        </div>
      )}
    </li>
  );
}
