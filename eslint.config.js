import js from '@eslint/js';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import noEmoji from './scripts/lint/no-emoji.js';

/** Who may import whom (docs/architecture.md). `from` may not be imported by `target`. */
const zones = [
  { target: './contract', from: ['./main', './electron', './renderer', './native', './models', './scripts'] },
  { target: './renderer', from: ['./main', './electron', './native', './models', './scripts', './e2e'] },
  { target: './main', from: ['./electron', './renderer', './models', './scripts', './e2e'] },
  { target: './main/base', from: ['./main'], except: ['./base'] },
  { target: './main/store', from: ['./main'], except: ['./base', './store'] },
  { target: './main/kernel', from: ['./main'], except: ['./base', './store', './kernel'] },
  { target: './main/core', from: ['./main/kernel', './main/containers', './main/events'] },
  { target: './models', from: ['./main', './electron', './renderer', './scripts'] },
  { target: './native', from: ['./main', './electron', './renderer', './models', './scripts'] },
].map((zone) => ({ ...zone, message: 'Not allowed by the dependency rules in docs/architecture.md.' }));

export default tseslint.config(
  { ignores: ['dist/', 'release/', 'native/build/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx,js,mjs,cjs}'],
    plugins: { 'import-x': importX, vas: { rules: { 'no-emoji': noEmoji } } },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: './tsconfig.json' }),
        createNodeResolver(),
      ],
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'vas/no-emoji': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      'no-shadow': 'off',
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', message: 'Only electron/ imports electron.' }] },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['*.config.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['electron/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
  {
    // Command-line programs speak on the console.
    files: ['scripts/**/*', 'e2e/**/*', '.ci/**/*'],
    rules: { 'no-console': 'off' },
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
  {
    files: ['e2e/**/*.spec.ts'],
    rules: {
      // Fixtures are taken down in the reverse order: the application goes before what it uses.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectPattern > Property[key.name="launch"] ~ Property[key.name=/^(dataDir|server)$/]',
          message: 'Name dataDir and server before launch, so that they outlive the application.',
        },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
