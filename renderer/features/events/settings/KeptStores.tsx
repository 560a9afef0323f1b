import { t } from '../../../strings';
import { SettingRow } from '../../settings/SettingRow';
import { useStoreState } from '../store/useStoreState';

const nothing = () => undefined;

/** The event stores that were moved aside for new ones; nothing while there is none. */
export function KeptStores() {
  const state = useStoreState(nothing);
  if (state === null || state.kept_files.length === 0) return null;
  return (
    <SettingRow title={t('store.kept')} hint={t('store.keptHint')}>
      <ul className="kept-stores numeric">
        {state.kept_files.map((file) => (
          <li key={file}>{`${state.folder}/${file}`}</li>
        ))}
      </ul>
    </SettingRow>
  );
}
