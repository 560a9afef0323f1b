import { useState } from 'react';
import { t } from '../../../strings';
import { readMoment } from './goTo';

export interface GoToFieldProps {
  readonly position: () => number;
  readonly onGo: (at: number) => void;
}

/** A field for a moment: Enter goes there. */
export function GoToField({ position, onGo }: GoToFieldProps) {
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className="playback-goto"
      onSubmit={(event) => {
        event.preventDefault();
        const at = readMoment(text, position());
        setWrong(at === null);
        if (at === null) return;
        onGo(at);
        setText('');
      }}
    >
      <input
        className="playback-goto-input numeric"
        data-testid="playback-goto"
        aria-label={t('playback.goTo')}
        aria-invalid={isWrong}
        title={t('playback.goToHint')}
        placeholder={t('playback.goToPlaceholder')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
      />
      {isWrong ? (
        <span className="playback-goto-wrong" role="alert">
          {t('playback.goToHint')}
        </span>
      ) : null}
    </form>
  );
}
