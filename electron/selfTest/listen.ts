import type { RequestInput, ResponseOf, SubscriptionName } from '../../contract';
import type { Api } from '../../main/api/api';

/** What a subscription tells until it is enough, or until the time is over. @param limitMs milliseconds */
export async function listen<N extends SubscriptionName>(
  api: Api,
  name: N,
  request: RequestInput<N>,
  isEnough: (values: readonly ResponseOf<N>[]) => boolean,
  limitMs: number,
): Promise<ResponseOf<N>[]> {
  const values: ResponseOf<N>[] = [];
  let stop: () => void = () => undefined;
  let limit: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    limit = setTimeout(resolve, limitMs);
    stop = api.subscribe(name, request, (value) => {
      values.push(value as ResponseOf<N>);
      if (isEnough(values)) resolve();
    });
  });
  clearTimeout(limit);
  stop();
  return values;
}
