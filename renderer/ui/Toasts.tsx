import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { t } from '../strings';
import { Button } from './Button';
import { CheckIcon, CloseIcon, ErrorIcon, InfoIcon, WarningIcon } from './icons';
import { toastQueue } from './toasts';
import './toasts.css';

const ICONS = { info: InfoIcon, ok: CheckIcon, warn: WarningIcon, bad: ErrorIcon } as const;

/** Where messages about finished work appear; F6 moves the focus there. */
export function Toasts() {
  return (
    <ToastRegion queue={toastQueue} className="toasts" aria-label={t('toast.region')}>
      {({ toast }) => {
        const { tone, title, text, action } = toast.content;
        const Icon = ICONS[tone];
        return (
          <Toast
            toast={toast}
            className={`toast toast-${tone}`}
            // It tells something and asks nothing: no alertdialog, which react-aria would make of it.
            render={(props) => <div {...props} role="group" aria-modal={undefined} />}
          >
            <Icon className="toast-icon" />
            <ToastContent className="toast-content">
              <Text slot="title" className="toast-title">
                {title}
              </Text>
              {text === undefined ? null : <Text slot="description">{text}</Text>}
            </ToastContent>
            {action === undefined ? null : (
              <Button
                onPress={() => {
                  toastQueue.close(toast.key);
                  action.onPress();
                }}
              >
                {action.label}
              </Button>
            )}
            <Button slot="close" look="quiet" className="button-icon" aria-label={t('toast.close')}>
              <CloseIcon size={16} />
            </Button>
          </Toast>
        );
      }}
    </ToastRegion>
  );
}
