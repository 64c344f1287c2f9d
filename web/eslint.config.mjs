import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const projects = ['tsconfig.page.json', 'tsconfig.worker.json', 'tsconfig.tests.json'];

export default tseslint.config(
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    basePath: fileURLToPath(new URL('..', import.meta.url)),
    files: ['web/src/**/*.{ts,tsx}', 'tests/web/unit/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    ignores: ['web/src/worker/heap.ts'],
    rules: {
      // A view of the heap is stale after the next call that allocates: one file takes them and copies at once.
      'no-restricted-syntax': ['error', { selector: 'MemberExpression[property.name=/^HEAP/]', message: 'only worker/heap.ts reads the heap' }],
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
