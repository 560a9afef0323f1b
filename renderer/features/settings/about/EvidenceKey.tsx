import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { Notice } from '../../../ui/Notice';
import { SettingRow } from '../SettingRow';

/** The fingerprint of the key that signs evidence, in groups of four, as people compare it. */
export function EvidenceKey() {
  const { data, error } = useQuery('evidence.key', {});
  return (
    <SettingRow
      title={t('about.evidenceKey')}
      hint={t('about.evidenceKeyHint')}
      below={
        error === null ? null : (
          <Notice tone="bad" title={t('about.evidenceKeyFailed')}>
            {error.message}
          </Notice>
        )
      }
    >
      {data === null ? null : (
        <>
          <p className="about-fingerprint">{(data.fingerprint.match(/.{4}/g) ?? []).join(' ')}</p>
          {data.protection === 'obfuscation' ? (
            <p className="setting-hint">{t('about.evidenceKeyWeak')}</p>
          ) : null}
        </>
      )}
    </SettingRow>
  );
}
