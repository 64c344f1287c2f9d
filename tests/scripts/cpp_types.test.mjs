// What scripts/check_odr.mjs compares: the qualified names of the types that a file defines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typesOf } from '../../scripts/lib/cpp_types.mjs';

const names = (text) => typesOf(text).map(({ name, line }) => `${name} ${line}`);

test('types of nested namespaces, with their lines', () => {
  const text = `#define OPEN {
namespace a {
struct One {
  struct Inside {};
};
namespace b::c {
enum class Two : uint8_t { kFirst };
template <typename T>
class [[nodiscard]] Three final : public One, private a::Base<T> {};
}  // namespace b::c
union Four {};
}  // namespace a
class Five {};
`;
  assert.deepEqual(names(text), ['a::One 3', 'a::b::c::Two 7', 'a::b::c::Three 9', 'a::Four 11', 'Five 13']);
});

test('what is not a type for others: anonymous namespaces, functions, declarations, specialisations', () => {
  const text = `namespace a {
class Declared;
enum class Opaque : int;
namespace {
struct Hidden {};
}  // namespace
struct Hidden Make() { struct Local {}; return {}; }
template <>
struct Known<int> {};
struct Session::State {};
struct Hidden table[] = {{1}};
}  // namespace a
`;
  assert.deepEqual(names(text), []);
});

test('braces in comments, texts and numbers are none', () => {
  const text = `namespace a { // {
/* } struct No { */
const char* const kText = "} struct No {\\" {"; const char kChar = '{';
const char* const kRaw = R"x({ " )x"; constexpr int kMany = 1'000'000;
struct Yes {};
}
`;
  assert.deepEqual(names(text), ['a::Yes 5']);
});
