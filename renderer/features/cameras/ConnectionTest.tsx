import type { ProbeReport } from '../../../contract';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { PlugIcon } from '../../ui/icons';
import { Notice } from '../../ui/Notice';
import { probeText } from './probeText';
import type { ConnectionTestState } from './useConnectionTest';

export interface ConnectionTestProps {
  readonly test: ConnectionTestState;
  readonly onTest: () => void;
}

/** Connects to the camera as the form describes it and shows what was found. */
export function ConnectionTest({ test, onTest }: ConnectionTestProps) {
  const { running, result, error } = test;
  return (
    <section className="probe" aria-labelledby="probe-title" data-testid="connection-test">
      <div className="probe-head">
        <h3 id="probe-title" className="probe-title">
          {t('probe.title')}
        </h3>
        <Button onPress={onTest} isDisabled={running}>
          <PlugIcon size={16} />
          {result === null && error === null ? t('probe.run') : t('probe.again')}
        </Button>
      </div>
      <div aria-live="polite" className="probe-results">
        {running ? <Busy text={t('probe.running')} /> : null}
        {!running && result === null && error === null ? (
          <p className="probe-hint">{t('probe.hint')}</p>
        ) : null}
        {error === null ? null : (
          <div data-testid="validation-result">
            <Notice tone="bad" title={t('probe.failed')}>
              {error.message}
            </Notice>
          </div>
        )}
        {result === null ? null : (
          <div className="probe-reports" data-testid="validation-result">
            <Report name={result.sub === null ? null : t('probe.main')} report={result.main} />
            {result.sub === null ? null : <Report name={t('probe.sub')} report={result.sub} />}
          </div>
        )}
      </div>
    </section>
  );
}

/** `name` is null when the camera has one stream only. */
function Report({ name, report }: { readonly name: string | null; readonly report: ProbeReport }) {
  const { tone, title, text, rows, elapsed } = probeText(report);
  return (
    <div className="probe-report" data-testid="probe-report" data-valid={report.valid}>
      <p className="probe-report-head">
        <span className="probe-report-name">{name ?? t('probe.result')}</span>
        <span className="numeric">{elapsed}</span>
      </p>
      <Notice tone={tone} title={title}>
        {text.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
      {rows.length === 0 ? null : (
        <dl className="probe-rows numeric">
          {rows.map(({ label, value }) => (
            <div key={label} className="probe-row">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
