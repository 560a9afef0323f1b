import { icon } from '../../../ui/icons';

export const PlaybackIcon = icon(
  <>
    <path d="M3.2 10a6.8 6.8 0 1 0 2.2-5" />
    <path d="M3 3.2v3.6h3.6" />
    <path d="M8.4 7.4v5.2l4.2-2.6z" />
  </>,
);
export const StepBackIcon = icon(<path d="M12.5 4.5 5.5 10l7 5.5zM15.5 4.5v11" />);
export const StepOnIcon = icon(<path d="m7.5 4.5 7 5.5-7 5.5zM4.5 4.5v11" />);
export const ReverseIcon = icon(<path d="M14 4.2v11.6L4.4 10z" />);
