import { useState } from 'react';
import { Dialog, DialogTrigger, FieldError, Input, Popover, TextField } from 'react-aria-components';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { SearchIcon } from '../../ui/icons';
import { eventIdIn } from './permalink';

/** Opens an event by its link or its id. */
export function GoToEvent({ onGoTo }: { readonly onGoTo: (id: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const go = () => {
    const id = eventIdIn(text);
    setWrong(id === null);
    if (id === null) return;
    setOpen(false);
    setText('');
    onGoTo(id);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button>
        <SearchIcon size={16} />
        {t('event.goTo')}
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Dialog className="event-go-to" aria-label={t('event.goTo')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              go();
            }}
          >
            <TextField
              className="field"
              autoFocus
              aria-label={t('event.goToHint')}
              value={text}
              isInvalid={isWrong}
              onChange={(next) => {
                setText(next);
                setWrong(false);
              }}
            >
              <div className="field-control">
                <Input className="field-input" placeholder={t('event.goToHint')} />
                <Button type="submit">{t('events.open')}</Button>
              </div>
              <FieldError className="field-error">{t('event.goToInvalid')}</FieldError>
            </TextField>
          </form>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
