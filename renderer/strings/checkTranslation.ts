const placeholdersOf = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join(' ');

/** What is wrong with a translation, one line each; none when it can be used. */
export function translationProblems(
  original: Readonly<Record<string, string>>,
  translation: Readonly<Record<string, string>>,
): string[] {
  const problems: string[] = [];
  for (const [key, text] of Object.entries(original)) {
    const translated = translation[key];
    if (translated === undefined) problems.push(`${key} is missing`);
    else if (translated.trim() === '' && text.trim() !== '') problems.push(`${key} is empty`);
    else if (placeholdersOf(translated) !== placeholdersOf(text))
      problems.push(`${key} has other placeholders: ${placeholdersOf(translated) || 'none'}`);
  }
  for (const key of Object.keys(translation))
    if (!Object.hasOwn(original, key)) problems.push(`${key} is unknown`);
  return problems;
}
