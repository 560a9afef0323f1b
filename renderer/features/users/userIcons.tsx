import { icon } from '../../ui/icons';

export const UserIcon = icon(
  <>
    <circle cx="10" cy="6.5" r="3.2" />
    <path d="M3.5 17c.8-3.4 3.2-5 6.5-5s5.700 1.600 6.500 5" />
  </>,
);
export const LockIcon = icon(
  <>
    <rect x="4" y="9" width="12" height="8" rx="1.2" />
    <path d="M6.500 9V6.500a3.500 3.500 0 0 1 7 0V9" />
  </>,
);
export const LeaveIcon = icon(
  <>
    <path d="M8.500 3H4v14h4.500" />
    <path d="M12 6.500l3.500 3.500-3.500 3.500M15 10H8" />
  </>,
);
export const KeyIcon = icon(
  <>
    <circle cx="6.500" cy="13.500" r="3" />
    <path d="M8.700 11.300l7.300-7.300M13 7l2.500 2.500" />
  </>,
);
