import { icon } from '../../ui/icons';

/** A chip: what runs, not what it sees. */
export const ModelIcon = icon(
  <>
    <rect x="5" y="5" width="10" height="10" rx="1.5" />
    <path d="M8 5V2.5M12 5V2.5M8 17.5V15M12 17.5V15M5 8H2.5M5 12H2.5M17.5 8H15M17.5 12H15M8.5 8.5h3v3h-3z" />
  </>,
);
