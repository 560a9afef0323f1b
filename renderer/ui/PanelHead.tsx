import { IconButton } from './IconButton';
import { ChevronIcon, CloseIcon, CollapseIcon, ExpandIcon } from './icons';
import './panelHead.css';

export interface PanelHeadProps {
  readonly title: string;
  readonly about: string;
  /** As it is written; otherwise the first letter becomes a capital. */
  readonly isTitleVerbatim?: boolean;
  readonly isLarge: boolean;
  /** Names of the buttons. */
  readonly labels: {
    readonly newer: string;
    readonly older: string;
    readonly size: string;
    readonly close: string;
  };
  /** Steps by so many, to older ones. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onLarge: () => void;
  readonly onClose: () => void;
}

/** The head of a panel beside a list: what it shows, the one before and after, its size. */
export function PanelHead({ title, about, isTitleVerbatim, isLarge, labels, ...on }: PanelHeadProps) {
  return (
    <header className="panel-head">
      <div className="panel-title" data-verbatim={isTitleVerbatim === true ? 'true' : undefined}>
        <h2>{title}</h2>
        <p className="numeric">{about}</p>
      </div>
      <IconButton label={labels.newer} onPress={() => on.onStep(-1)}>
        <ChevronIcon className="panel-newer" />
      </IconButton>
      <IconButton label={labels.older} onPress={() => on.onStep(1)}>
        <ChevronIcon />
      </IconButton>
      <IconButton label={labels.size} onPress={on.onLarge}>
        {isLarge ? <CollapseIcon /> : <ExpandIcon />}
      </IconButton>
      <IconButton label={labels.close} onPress={on.onClose}>
        <CloseIcon />
      </IconButton>
    </header>
  );
}
