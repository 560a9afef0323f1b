import { icon } from '../../ui/icons';

/** A pulse. */
export const HealthIcon = icon(<path d="M2 10.5h3.6l2-5.5 3.4 10 2.3-6 1 1.5H18" />);

/** Switched off: neither well nor not. */
export const OffIcon = icon(<path d="M5.5 10h9" />);
