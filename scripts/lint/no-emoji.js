/** Reports emojis and pictographs anywhere in a file (INV-13). */
const PICTOGRAPH = /[\u{1F300}-\u{1FAFF}\u{2600}-\u{27BF}\u{2B50}\u{2B55}]/u;

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: { type: 'problem', schema: [], messages: { found: 'No emojis or pictographs in code (INV-13).' } },
  create(context) {
    return {
      Program() {
        context.sourceCode.lines.forEach((line, index) => {
          const match = PICTOGRAPH.exec(line);
          if (match) context.report({ loc: { line: index + 1, column: match.index }, messageId: 'found' });
        });
      },
    };
  },
};
