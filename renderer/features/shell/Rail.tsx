import { Link } from 'react-aria-components';
import { useSession } from '../../data/SessionProvider';
import { t } from '../../strings';
import { ariaKeys } from '../../keys/keyText';
import { useKeys } from '../../keys/useAction';
import { KeysButton } from '../keys/KeysButton';
import { UserMenu } from '../users/UserMenu';
import { useNavigation } from './Navigation';
import type { ScreenEntry } from './screens';
import { SCREENS } from './screens';
import { ThemeSwitch } from './ThemeSwitch';

/** The navigation at the left edge. */
export function Rail() {
  const rights = useSession()?.rights ?? null;
  return (
    <aside className="rail" aria-label={t('app.name')}>
      <p className="rail-name">
        <span className="rail-mark">{t('app.mark')}</span>
        <span>{t('app.markBelow')}</span>
      </p>
      <nav aria-label={t('nav.label')} className="rail-screens">
        {SCREENS.filter(({ needs }) => needs === undefined || rights === null || rights.includes(needs)).map(
          (entry) => (
            <RailLink key={entry.id} entry={entry} />
          ),
        )}
      </nav>
      <UserMenu />
      <KeysButton />
      <ThemeSwitch />
    </aside>
  );
}

function RailLink({ entry }: { readonly entry: ScreenEntry }) {
  const { screen, open } = useNavigation();
  const keys = useKeys(`screen.${entry.id}`);
  return (
    <Link
      className="rail-item"
      data-screen={entry.id}
      onPress={() => open(entry.id)}
      {...(screen === entry.id ? { 'aria-current': 'page' as const } : {})}
      {...(keys.length === 0 ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })}
    >
      <entry.icon size={22} />
      {t(entry.label)}
    </Link>
  );
}
