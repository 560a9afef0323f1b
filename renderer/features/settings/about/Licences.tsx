import { useDeferredValue, useMemo, useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { Component } from '../../../../contract/about';
import { useQuery } from '../../../data/useQuery';
import { plural, t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { ChevronIcon } from '../../../ui/icons';
import { FailureNotice } from '../../../ui/FailureNotice';
import { SearchInput } from '../../../ui/SearchInput';
import { searchComponents } from './searchComponents';

/** Licences of everything that is shipped, searchable in full text. */
export function Licences() {
  const { data, error } = useQuery('about.licences', {});
  const [search, setSearch] = useState('');
  // Typing stays quick: the list follows when there is time.
  const wanted = useDeferredValue(search);
  const found = useMemo(() => searchComponents(data?.components ?? [], wanted), [data, wanted]);
  return (
    <section className="licences" aria-label={t('about.licences')}>
      <div className="folders-head">
        <div className="setting-words">
          <p className="setting-title">{t('about.licences')}</p>
          <p className="setting-hint">{t('about.licencesHint')}</p>
        </div>
        <div className="licence-search">
          <SearchInput label={t('about.search')} value={search} onChange={setSearch} />
        </div>
      </div>
      <FailureNotice title={t('about.licencesFailed')} error={error} />
      {data === null && error === null ? <Busy text={t('about.licencesLoading')} /> : null}
      {data === null ? null : (
        <p className="setting-hint numeric" role="status">
          {found.length === 0 ? t('about.noMatch') : plural('about.found', found.length)}
        </p>
      )}
      <div>
        {found.map((one) => (
          <Licence key={`${one.kind} ${one.name} ${one.version}`} component={one} />
        ))}
      </div>
    </section>
  );
}

function Licence({ component }: { readonly component: Component }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure className="licence" isExpanded={isOpen} onExpandedChange={setOpen}>
      <Heading level={3} className="licence-head">
        <Button slot="trigger" className="licence-button">
          <ChevronIcon size={16} className={isOpen ? 'licence-open' : 'licence-closed'} />
          <span className="licence-name">{component.name}</span>
          <span className="setting-hint numeric">{component.version}</span>
          <span className="licence-kind">{component.licence}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        {isOpen ? <pre className="licence-text">{component.text}</pre> : null}
      </DisclosurePanel>
    </Disclosure>
  );
}
