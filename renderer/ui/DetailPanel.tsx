import type { ReactNode } from 'react';
import { IconButton } from './IconButton';
import { ChevronIcon, CloseIcon, CollapseIcon, ExpandIcon } from './icons';
import './detailPanel.css';

export interface DetailPanelProps {
  /** Of the panel, for those who do not see it. */
  readonly label: string;
  readonly title: string;
  readonly about: string;
  /** As it is written; otherwise the first letter becomes a capital. */
  readonly isTitleVerbatim?: boolean;
  /** As wide as the list and itself. */
  readonly isLarge: boolean;
  /** Names of the buttons. */
  readonly labels: {
    readonly newer: string;
    readonly older: string;
    readonly size: string;
    readonly close: string;
  };
  /** The picture or video. */
  readonly stage: ReactNode;
  /** What chooses between pictures, under the stage. */
  readonly views?: ReactNode;
  readonly actions: ReactNode;
  /** What is told of it. */
  readonly children: ReactNode;
  /** Steps by so many, to older ones. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onLarge: () => void;
  readonly onClose: () => void;
}

/** A panel beside a list: one thing of it, the one before and after, its size. */
export function DetailPanel(props: DetailPanelProps) {
  const { labels, isLarge } = props;
  return (
    <aside className="detail-panel" aria-label={props.label} data-large={isLarge ? 'true' : undefined}>
      <header className="detail-head">
        <div className="detail-title" data-verbatim={props.isTitleVerbatim === true ? 'true' : undefined}>
          <h2>{props.title}</h2>
          <p className="numeric">{props.about}</p>
        </div>
        <IconButton label={labels.newer} onPress={() => props.onStep(-1)}>
          <ChevronIcon className="detail-newer" />
        </IconButton>
        <IconButton label={labels.older} onPress={() => props.onStep(1)}>
          <ChevronIcon />
        </IconButton>
        <IconButton label={labels.size} onPress={props.onLarge}>
          {isLarge ? <CollapseIcon /> : <ExpandIcon />}
        </IconButton>
        <IconButton label={labels.close} onPress={props.onClose}>
          <CloseIcon />
        </IconButton>
      </header>
      <div className="detail-body">
        <div className="detail-media">
          <div className="detail-stage">{props.stage}</div>
          {props.views}
        </div>
        <div className="detail-about">
          <div className="detail-actions">{props.actions}</div>
          {props.children}
        </div>
      </div>
    </aside>
  );
}
