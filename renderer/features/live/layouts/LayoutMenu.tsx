import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import type { Layout } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { useMay } from '../../../data/SessionProvider';
import { t } from '../../../strings';
import { CheckIcon, ChevronIcon, EditIcon, PlusIcon } from '../../../ui/icons';
import { SaveIcon, TourIcon } from '../../../ui/wallIcons';
import { LayoutGlyph } from '../wall/LayoutGlyph';
import '../../../ui/menu.css';

export interface LayoutMenuProps {
  readonly layouts: readonly Layout[];
  /** The named layout that is shown, changed or not; null when none is. */
  readonly current: Layout | null;
  readonly isChanged: boolean;
  /** Why the layouts could not be read; null when they could. */
  readonly failure: CallError | null;
  readonly onRetry: () => void;
  readonly onOpen: (layout: Layout) => void;
  readonly onSave: (layout: Layout) => void;
  readonly onSaveAs: () => void;
  readonly onManage: () => void;
  readonly onTour: () => void;
}

/** Opens and saves named layouts. */
export function LayoutMenu(props: LayoutMenuProps) {
  const { layouts, current, isChanged, failure } = props;
  const mayEdit = useMay('layouts.edit');
  const title =
    current === null
      ? t('layouts.unnamed')
      : isChanged
        ? t('layouts.changed', { name: current.name })
        : current.name;
  return (
    <MenuTrigger>
      <Button className="button button-plain layout-menu" aria-label={`${t('layouts.menu')}: ${title}`}>
        <span className="layout-menu-name">{title}</span>
        <ChevronIcon size={16} />
      </Button>
      <Popover className="menu-popover layout-popover" placement="bottom start">
        <Menu className="menu" aria-label={t('layouts.menu')}>
          <MenuSection>
            <Header className="menu-heading">{t('layouts.menu')}</Header>
            {failure === null ? null : (
              <>
                <MenuItem id="failed" className="menu-item" isDisabled textValue={t('layouts.failed')}>
                  {`${t('layouts.failed')}. ${failure.message}`}
                </MenuItem>
                <MenuItem
                  id="retry"
                  className="menu-item"
                  textValue={t('common.retry')}
                  onAction={props.onRetry}
                >
                  {t('common.retry')}
                </MenuItem>
              </>
            )}
            {layouts.length === 0 && failure === null ? (
              <MenuItem id="none" className="menu-item" isDisabled textValue={t('layouts.none')}>
                {t('layouts.none')}
              </MenuItem>
            ) : null}
            {layouts.map((layout) => (
              <MenuItem
                key={layout.id}
                id={layout.id}
                className="menu-item"
                textValue={layout.name}
                onAction={() => props.onOpen(layout)}
              >
                <LayoutGlyph kind={layout.content.kind} width={18} />
                <Text slot="label" className="menu-label">
                  {layout.name}
                </Text>
                {layout.id === current?.id ? <CheckIcon size={16} /> : null}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="menu-separator" />
          {current !== null && isChanged && mayEdit ? (
            <MenuItem
              id="save"
              className="menu-item"
              textValue={t('layouts.save', { name: current.name })}
              onAction={() => props.onSave(current)}
            >
              <SaveIcon />
              <Text slot="label">{t('layouts.save', { name: current.name })}</Text>
            </MenuItem>
          ) : null}
          {mayEdit ? (
            <>
              <MenuItem
                id="save-as"
                className="menu-item"
                textValue={t('layouts.saveAs')}
                onAction={props.onSaveAs}
              >
                <PlusIcon />
                <Text slot="label">{t('layouts.saveAs')}</Text>
              </MenuItem>
              <MenuItem
                id="manage"
                className="menu-item"
                textValue={t('layouts.manage')}
                isDisabled={layouts.length === 0}
                onAction={props.onManage}
              >
                <EditIcon />
                <Text slot="label">{t('layouts.manage')}</Text>
              </MenuItem>
            </>
          ) : null}
          <MenuItem id="tour" className="menu-item" textValue={t('layouts.tour')} onAction={props.onTour}>
            <TourIcon />
            <Text slot="label">{t('layouts.tour')}</Text>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
