import { useMemo, useState, useSyncExternalStore } from 'react';
import { isAllowed, useSession } from '../../data/SessionProvider';
import type { ActionId } from '../../keys/actions';
import { ACTION_IDS, ACTIONS } from '../../keys/actions';
import { keysOf } from '../../keys/bindings';
import { keyStore } from '../../keys/KeyStore';
import { SCOPES } from '../../keys/scopes';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { EditIcon, ResetIcon } from '../../ui/icons';
import { KeyCaps } from './KeyCaps';
import { KeyEditorRow } from './KeyEditorRow';
import { useSaveKeys } from './useSaveKeys';
import './keys.css';

/** The actions of each scope that the user may do. */
function useGroups() {
  const session = useSession();
  return useMemo(
    () =>
      SCOPES.map((scope) => ({
        scope,
        ids: ACTION_IDS.filter((id) => ACTIONS[id].scope === scope && isAllowed(session, ACTIONS[id].needs)),
      })).filter(({ ids }) => ids.length > 0),
    [session],
  );
}

/** All keys, by where they work; and the way to change them. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const [isEditing, setEditing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const overrides = useSyncExternalStore(keyStore.subscribe, keyStore.overrides);
  const { resetAll } = useSaveKeys();
  const groups = useGroups();
  const isChanged = Object.keys(overrides).length > 0;
  return (
    <>
      <Dialog
        title={t(isEditing ? 'keys.editTitle' : 'keys.title')}
        size="large"
        onClose={onClose}
        footer={
          isEditing ? (
            <>
              <Button isDisabled={!isChanged} onPress={() => setAsking(true)}>
                <ResetIcon size={16} />
                {t('keys.resetAll')}
              </Button>
              <Button look="primary" onPress={() => setEditing(false)}>
                {t('keys.done')}
              </Button>
            </>
          ) : (
            <>
              <Button onPress={() => setEditing(true)}>
                <EditIcon size={16} />
                {t('keys.edit')}
              </Button>
              <Button look="primary" autoFocus onPress={onClose}>
                {t('common.close')}
              </Button>
            </>
          )
        }
      >
        {isEditing ? <p className="keys-hint">{t('keys.hint')}</p> : null}
        <div className={isEditing ? 'keys keys-editing' : 'keys'} data-testid="keys">
          {groups.map(({ scope, ids }) => (
            <section key={scope} className="keys-group" aria-labelledby={`keys-${scope}`}>
              <h3 id={`keys-${scope}`} className="keys-scope">
                {t(`scope.${scope}`)}
              </h3>
              <ul>
                {ids.map((id) =>
                  isEditing ? (
                    <KeyEditorRow key={id} id={id} overrides={overrides} />
                  ) : (
                    <KeyRow key={id} id={id} chords={keysOf(overrides, id)} />
                  ),
                )}
              </ul>
            </section>
          ))}
        </div>
      </Dialog>
      {isAsking ? (
        <ConfirmDialog
          title={t('keys.resetAllTitle')}
          action={t('keys.resetAll')}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void resetAll();
          }}
        >
          <p>{t('keys.resetAllText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function KeyRow({ id, chords }: { readonly id: ActionId; readonly chords: readonly string[] }) {
  return (
    <li className="keys-row" data-action={id}>
      <span className="keys-label">{t(ACTIONS[id].label)}</span>
      {chords.length === 0 ? <span className="keys-none">{t('keys.none')}</span> : null}
      {chords.map((chord) => (
        <KeyCaps key={chord} chord={chord} />
      ))}
    </li>
  );
}
