import type { ArchiveFinding } from '../../../../contract';
import { t } from '../../../strings';

/** The most that a check tells. */
const MOST = 100;

/** What a check of the archive has found. */
export function FindingTable({ findings }: { readonly findings: readonly ArchiveFinding[] }) {
  return (
    // Reached by keyboard, because it scrolls.
    <div className="archive-findings" tabIndex={0} role="region" aria-label={t('archive.findings')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('archive.kind')}</th>
            <th scope="col">{t('archive.where')}</th>
            <th scope="col">{t('archive.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding, index) => (
            <tr key={index}>
              <td>{t(`archive.kind.${finding.kind}`)}</td>
              <td>
                <span className="folder-path">{finding.path ?? finding.camera_id ?? ''}</span>
                <span className="setting-hint">{finding.detail}</span>
              </td>
              <td>{t(`archive.outcome.${finding.outcome}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {findings.length >= MOST ? <p className="setting-hint">{t('archive.more')}</p> : null}
    </div>
  );
}
