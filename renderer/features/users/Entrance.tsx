import type { ReactNode } from 'react';
import { t } from '../../strings';

/** The page before the application: one calm panel in the middle. */
export function Entrance(props: {
  readonly title: string;
  readonly text?: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <main className="entrance" aria-label={t('app.name')}>
      <div className={props.isWide === true ? 'entrance-panel entrance-wide' : 'entrance-panel'}>
        <p className="entrance-mark">{t('app.name')}</p>
        <h1 className="entrance-title">{props.title}</h1>
        {props.text === undefined ? null : <p className="entrance-text">{props.text}</p>}
        {props.children}
      </div>
    </main>
  );
}
