# What scripts/format rewrites and scripts/check compares.
cpp_files() {
  git ls-files -z --cached --others --exclude-standard -- 'core/*.h' 'core/*.cc' 'wasm/*.h' 'wasm/*.cc' 'tests/*.h' 'tests/*.cc'
}

# Only our own text: recorded data and golden files stay as they are.
web_files() {
  git ls-files -z --cached --others --exclude-standard -- '*.ts' '*.tsx' '*.mjs' '*.css' 'web/*.html' 'web/*.json' \
    ':!web/package-lock.json' ':!tests/data' ':!tests/golden' ':!tests/fuzz/corpus'
}

# A file deleted but not yet committed is still listed by git.
existing() { xargs -0 -r ls -d 2>/dev/null | tr '\n' '\0'; }

run_clang_format() { cpp_files | existing | xargs -0 -r clang-format "$@"; }
run_prettier() {
  web_files | existing | xargs -0 -r web/node_modules/.bin/prettier --config web/.prettierrc.json --log-level warn "$@"
}
