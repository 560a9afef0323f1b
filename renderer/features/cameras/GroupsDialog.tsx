import { useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { CameraGroup } from '../../../contract';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { EditIcon, TrashIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { FailureNotice } from '../../ui/FailureNotice';
import { GroupMembers } from './GroupMembers';
import { NewGroup } from './NewGroup';
import { RenameGroupDialog } from './RenameGroupDialog';
import { useGroupCommands } from './useGroupCommands';
import { useGroups } from './useGroups';
import '../../ui/table.css';

type Question = { readonly kind: 'rename' | 'delete'; readonly group: CameraGroup };

/** Makes, renames and deletes groups and says which cameras they have. */
export function GroupsDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error: unreadable } = useGroups();
  const { create, rename, remove, changeMember, error } = useGroupCommands();
  const [chosen, setChosen] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const groups = data?.groups ?? [];
  const group = groups.find(({ id }) => id === chosen) ?? groups[0] ?? null;

  return (
    <Dialog
      size="large"
      title={t('groups.title')}
      onClose={onClose}
      footer={
        <Button look="primary" onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p className="second-line">{t('groups.intro')}</p>
      <FailureNotice
        title={error === null ? t('groups.unreadable') : t('groups.failed')}
        error={error ?? unreadable}
      />
      <div className="groups-panes">
        <div className="groups-left">
          {data === null && unreadable === null ? <Busy text={t('groups.loading')} /> : null}
          <GridList
            className="groups-list"
            aria-label={t('groups.list')}
            items={groups}
            selectionMode="single"
            selectionBehavior="replace"
            disallowEmptySelection
            selectedKeys={group === null ? [] : [group.id]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : [...keys];
              if (key !== undefined) setChosen(String(key));
            }}
            renderEmptyState={() => <p className="data-none">{t('groups.empty')}</p>}
          >
            {(item) => (
              <GridListItem id={item.id} className="groups-item" textValue={item.name}>
                <span className="two-lines">
                  <span className="one-line">{item.name}</span>
                  <span className="second-line numeric">
                    {plural('groups.count', item.camera_ids.length)}
                  </span>
                </span>
                <IconButton
                  label={t('groups.rename', { name: item.name })}
                  onPress={() => setQuestion({ kind: 'rename', group: item })}
                >
                  <EditIcon size={16} />
                </IconButton>
                <IconButton
                  label={t('groups.delete', { name: item.name })}
                  onPress={() => setQuestion({ kind: 'delete', group: item })}
                >
                  <TrashIcon size={16} />
                </IconButton>
              </GridListItem>
            )}
          </GridList>
          <NewGroup
            taken={groups.map(({ name }) => name)}
            onAdd={(name) =>
              void create(name).then((made) => {
                if (made !== null) setChosen(made.id);
              })
            }
          />
        </div>
        {group === null ? (
          <p className="groups-none second-line">{t('groups.choose')}</p>
        ) : (
          <GroupMembers
            key={group.id}
            group={group}
            onChange={(added, removed) => void changeMember(group.id, added, removed)}
          />
        )}
      </div>
      {question?.kind === 'rename' ? (
        <RenameGroupDialog
          group={question.group}
          taken={groups.filter(({ id }) => id !== question.group.id).map(({ name }) => name)}
          onRename={(name) => {
            setQuestion(null);
            void rename(question.group.id, name);
          }}
          onClose={() => setQuestion(null)}
        />
      ) : null}
      {question?.kind === 'delete' ? (
        <ConfirmDialog
          title={t('groups.deleteTitle', { name: question.group.name })}
          action={t('groups.deleteAction')}
          look="danger"
          onConfirm={() => {
            setQuestion(null);
            void remove(question.group.id);
          }}
          onCancel={() => setQuestion(null)}
        >
          <p>{t('groups.deleteText')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  );
}
