// @ts-check
// node scripts/moduleGraph.mjs: draws which folder imports which into docs/architecture.md, with dependency-cruiser, which npx
// fetches into its own cache and which is no dependency of the project.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './bootstrap/paths.mjs';

const ROOTS = ['contract', 'electron', 'main', 'models', 'native', 'renderer'];
const FOLDERS = '^(main/[^/]+|renderer/[^/]+|contract|electron|models|native)(/|$)';
const LEFT_OUT = '(node_modules|[.]test[.]|/testing/|^test/|^e2e/|^scripts/|^dist/)';
const [BEGIN, END] = ['<!-- module graph: node scripts/moduleGraph.mjs -->', '<!-- module graph ends -->'];

const { stdout, stderr, status } = spawnSync(
  'npx',
  [
    ...['--yes', '-p', 'dependency-cruiser@16', '-p', 'typescript@5.6', 'depcruise', '--no-config'],
    ...['--ts-config', 'tsconfig.json', '--ts-pre-compilation-deps', '--exclude', LEFT_OUT],
    ...['--include-only', `^(${ROOTS.join('|')})/`, '--collapse', FOLDERS, '--output-type', 'json', ...ROOTS],
  ],
  { cwd: inRoot(), encoding: 'utf8', maxBuffer: 1 << 28 },
);
if (status !== 0) throw new Error(`dependency-cruiser failed: ${stderr}`);

/** @type {{ modules: { source: string, dependencies: { resolved: string }[] }[] }} */
const { modules } = JSON.parse(stdout);
// Files beside the folders of main and renderer put everything together: they count as their folder.
const nameOf = (/** @type {string} */ source) =>
  source.replace(/\/$/, '').replace(/^(main|renderer)\/[^/]+\.tsx?$/, '$1');
const edges = new Set(
  modules.flatMap(({ source, dependencies }) =>
    dependencies
      .map(({ resolved }) => `${nameOf(source)} ${nameOf(resolved)}`)
      .filter((edge) => new Set(edge.split(' ')).size === 2),
  ),
);
const names = [...new Set([...edges].flatMap((edge) => edge.split(' ')))].sort();
// What nearly everybody imports says nothing as an arrow.
const COMMON = new Set(['contract', 'main/base', 'renderer/strings', 'renderer/ui']);
const id = (/** @type {string} */ name) => name.replace(/\W/g, '_');
const shown = [...edges].filter((edge) => !COMMON.has(edge.split(' ')[1] ?? '')).sort();
const graph = [
  '```mermaid',
  'flowchart LR',
  ...names.filter((name) => !COMMON.has(name)).map((name) => `  ${id(name)}["${name}"]`),
  ...shown.map((edge) => `  ${edge.split(' ').map(id).join(' --> ')}`),
  '```',
].join('\n');
const text =
  `${BEGIN}\n\n${String(names.length)} folders, ${String(edges.size)} imports between them, tests left out. ` +
  `Left out as arrows: to ${[...COMMON].map((name) => `\`${name}\``).join(', ')}, which nearly everybody imports.\n\n${graph}\n\n${END}`;

const file = inRoot('docs/architecture.md');
const before = readFileSync(file, 'utf8');
const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
if (from < 0 || to < from) throw new Error('docs/architecture.md has lost the place of the module graph.');
writeFileSync(file, before.slice(0, from) + text + before.slice(to + END.length));
console.log(`docs/architecture.md: ${names.length} folders, ${edges.size} imports between them.`);
