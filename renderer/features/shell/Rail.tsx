import { Link } from 'react-aria-components';
import { t } from '../../strings';
import { useNavigation } from './Navigation';
import { SCREENS } from './screens';
import { ThemeSwitch } from './ThemeSwitch';

/** The navigation at the left edge. */
export function Rail() {
  const { screen, open } = useNavigation();
  return (
    <aside className="rail" aria-label={t('app.name')}>
      <p className="rail-name">
        <span className="rail-mark">{t('app.mark')}</span>
        <span>{t('app.markBelow')}</span>
      </p>
      <nav aria-label={t('nav.label')} className="rail-screens">
        {SCREENS.map((entry, index) => (
          <Link
            key={entry.id}
            className="rail-item"
            onPress={() => open(entry.id)}
            {...(screen === entry.id ? { 'aria-current': 'page' as const } : {})}
            aria-keyshortcuts={
              entry.id === 'settings'
                ? `Control+Comma Control+${String(index + 1)}`
                : `Control+${String(index + 1)}`
            }
          >
            <entry.icon size={22} />
            {t(entry.label)}
          </Link>
        ))}
      </nav>
      <ThemeSwitch />
    </aside>
  );
}
