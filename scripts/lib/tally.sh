# Counts what passed and failed over all steps; finish_tally prints the closing line and sets the exit status.
passed=0
failed=0

tally() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}

finish_tally() {
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
