import type { ChannelName, RequestOf, ResponseOf } from '../../../../contract';
import type { Rule } from '../rule';

/**
 * What each channel needs. A channel without an entry does not compile, and a test names it. Refusals and
 * commands are written to the audit log by themselves; `audit` adds what they were about.
 */
export type Rules = { readonly [N in ChannelName]: Rule<RequestOf<N>, ResponseOf<N>> };
