import type { ReactNode } from 'react';
import { Component } from 'react';
import { t } from '../strings';
import { Button } from './Button';
import { Notice } from './Notice';

interface Props {
  readonly children: ReactNode;
  /** Drawn around the message, so that the rest of the screen's frame stays. */
  readonly frame?: (message: ReactNode) => ReactNode;
}

interface State {
  readonly error: Error | null;
}

/**
 * Shows what to do when a screen fails, and leaves the other screens alone. React writes the error itself to the
 * console, which the main process logs.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  readonly #retry = () => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const message = (
      <div className="screen-failure">
        <Notice
          tone="bad"
          live="alert"
          title={t('failure.title')}
          actions={
            <>
              <Button look="primary" onPress={this.#retry}>
                {t('failure.retry')}
              </Button>
              <Button onPress={() => window.location.reload()}>{t('failure.reload')}</Button>
            </>
          }
        >
          <p>{t('failure.text')}</p>
          <p className="screen-failure-detail">{error.message}</p>
        </Notice>
      </div>
    );
    return this.props.frame === undefined ? message : this.props.frame(message);
  }
}
