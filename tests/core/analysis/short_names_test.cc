#include "core/analysis/short_names.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

TEST(ShortNames, KeepWhatPeopleLookFor) {
  const NameShortener names;
  const struct {
    const char* full;
    const char* shortened;
  } kCases[] = {
      {"main.run", "main.run"},
      {"net/http.(*conn).serve", "http.(*conn).serve"},
      {"example.org/shop/v2.Order", "shop.Order"},
      {"example.org/shop/v1.Order", "v1.Order"},
      {"example.org/shop/v2/cart.Add", "cart.Add"},
      {"java.bar.foo.FooBar.run(java.lang.Runnable)", "FooBar.run"},
      {"java.util.List.<init>", "List.<init>"},
      {"ns::Class::Method<int>", "Class::Method<int>"},
      {"(anonymous namespace)::Bar::Foo", "Bar::Foo"},
      {"plain::function", "plain::function"},
      {"", ""},
  };
  for (const auto& one : kCases) EXPECT_EQ(names.Shorten(one.full), one.shortened) << one.full;
}

}  // namespace
}  // namespace flametrail
