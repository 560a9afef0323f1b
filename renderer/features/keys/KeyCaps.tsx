import { Fragment } from 'react';
import type { Chord } from '../../keys/chord';
import { chordWords } from '../../keys/keyText';

/** A chord drawn as keys. */
export function KeyCaps({ chord }: { readonly chord: Chord }) {
  return (
    <span className="keycaps">
      {chordWords(chord).map((word, at) => (
        <Fragment key={word}>
          {at === 0 ? null : <span className="keycaps-plus">+</span>}
          <kbd className="keycap">{word}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
