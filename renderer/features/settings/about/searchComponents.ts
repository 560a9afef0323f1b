import type { Component } from '../../../../contract/about';

/** Components whose name, licence or licence text has every word; those whose name has them come first. */
export function searchComponents(components: readonly Component[], search: string): readonly Component[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return components;
  const has = (text: string) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  const byName = components.filter(({ name, licence }) => has(`${name} ${licence}`));
  const byText = components.filter(
    (one) => !byName.includes(one) && has(`${one.name} ${one.licence} ${one.text}`),
  );
  return [...byName, ...byText];
}
