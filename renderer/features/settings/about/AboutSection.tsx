import { useCommand } from '../../../data/useCommand';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { FactList } from '../../../ui/FactList';
import { FolderIcon } from '../../../ui/icons';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useMay } from '../../../data/SessionProvider';
import { SupportBundleButton } from '../../support/SupportBundleButton';
import { SettingRow } from '../SettingRow';
import { EvidenceKey } from './EvidenceKey';
import { Licences } from './Licences';
import './about.css';

/** What runs here, where it keeps its data, and under which licences its parts come. */
export function AboutSection() {
  const { data, error } = useQuery('system.info', {});
  const show = useCommand('about.show-data-folder');
  if (data === null)
    return error === null ? (
      <Busy text={t('about.loading')} />
    ) : (
      <FailureNotice title={t('about.failed')} error={error} />
    );
  const versions = [
    [t('about.app'), data.version],
    [t('about.electron'), data.electron],
    [t('about.chrome'), data.chrome],
    [t('about.node'), data.node],
    [t('about.ffmpeg'), data.ffmpeg],
    [t('about.mediasoup'), data.mediasoup],
    [t('about.sqlite'), data.sqlite],
  ] as const;
  return (
    <>
      <SettingRow title={t('about.versions')}>
        <FactList className="about-versions" facts={versions} />
      </SettingRow>
      <SettingRow
        title={t('about.dataFolder')}
        hint={t('about.dataFolderHint')}
        below={show.error && <FailureNotice title={t('about.showFailed')} error={show.error} />}
      >
        <p className="about-path">{data.data_dir}</p>
        <Button isPending={show.running} onPress={() => void show.run({})}>
          <FolderIcon size={16} />
          {t('about.showFolder')}
        </Button>
      </SettingRow>
      <SupportRow />
      <EvidenceKey />
      <Licences />
    </>
  );
}

function SupportRow() {
  if (!useMay('configure')) return null;
  return (
    <SettingRow title={t('support.title')} hint={t('support.hint')}>
      <SupportBundleButton />
    </SettingRow>
  );
}
