import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const projects = ['tsconfig.page.json', 'tsconfig.worker.json', 'tsconfig.tests.json'];
export default defineConfig(
  // Called from the repository's root: the tests outside web/ are linted with it.
  { basePath: fileURLToPath(new URL('..', import.meta.url)) },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // The runner waits for its own tests.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'it'] }] },
      ],
      // `signal.value;` subscribes an effect to a signal.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    ignores: ['web/src/worker/heap.ts'],
    rules: {
      // A view of the heap is stale after the next call that allocates: one file takes them and copies at once.
      'no-restricted-syntax': [
        'error',
        { selector: 'MemberExpression[property.name=/^HEAP/]', message: 'only worker/heap.ts reads the heap' },
      ],
    },
  },
  // Browser names too: Playwright carries functions into the page.
  { files: ['**/*.mjs'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
