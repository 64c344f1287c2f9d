#include "core/analysis/demangle/demangle.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/hash.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

std::string Simple(std::string_view symbol) { return DemangleName(symbol, DemangleMode::kSimple); }

TEST(DemangleTest, CppNamesInEachMode) {
  struct Row {
    std::string_view symbol, simple, templates, full;
  };
  constexpr Row kRows[] = {
      {"_Z1fIiEvT_", "f", "f<int>", "void f<int>(int)"},
      {"_ZNKSt6vectorIiSaIiEE4sizeEv", "std::vector::size", "std::vector<int, std::allocator<int> >::size",
       "std::vector<int, std::allocator<int> >::size() const"},
      {"_ZN1AC1IiEET_", "A::A", "A::A<int>", "A::A<int>(int)"},
      {"_ZN1AD0Ev", "A::~A", "A::~A", "A::~A()"},
      {"_ZN1AcvT_IiEEv", "A::operator int", "A::operator int<int>", "A::operator int<int>()"},
      {"_ZN1ApLERKS_", "A::operator+=", "A::operator+=", "A::operator+=(A const&)"},
      {"_ZN12_GLOBAL__N_13fooEv", "(anonymous namespace)::foo", "(anonymous namespace)::foo",
       "(anonymous namespace)::foo()"},
      {"_ZL3foov.part.0", "foo", "foo", "foo()"},
      {"_ZTV3foo", "vtable for foo", "vtable for foo", "vtable for foo"},
      {"_ZNSs4sizeEv", "std::string::size", "std::string::size", "std::string::size()"},
      {"_ZZN3foo3barEiE1x", "foo::bar()::x", "foo::bar()::x", "foo::bar(int)::x"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(DemangleName(row.symbol, DemangleMode::kSimple), row.simple) << row.symbol;
    EXPECT_EQ(DemangleName(row.symbol, DemangleMode::kTemplates), row.templates) << row.symbol;
    EXPECT_EQ(DemangleName(row.symbol, DemangleMode::kFull), row.full) << row.symbol;
    EXPECT_EQ(DemangleName(row.symbol, DemangleMode::kNone), row.symbol);
  }
}

TEST(DemangleTest, LambdasAndUnnamedTypesAreNumbered) {
  EXPECT_EQ(Simple("_ZZ4mainENKUliE_clEi"), "main::{lambda(int)#1}::operator()");
  EXPECT_EQ(Simple("_ZZ4mainENKUliE0_clEi"), "main::{lambda(int)#2}::operator()");
  EXPECT_EQ(Simple("_ZN3fooUt_3barEv"), "foo::{unnamed type#1}::bar");
}

TEST(DemangleTest, OlderRustNamesLoseTheirHash) {
  EXPECT_EQ(Simple("_ZN4core3fmt5Write10write_char17h0123456789abcdefE"), "core::fmt::Write::write_char");
  EXPECT_EQ(
      Simple("_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE"),
      "<Test + 'static as foo::Bar<Test>>::bar");
  EXPECT_EQ(Simple("_ZN3foo3bar17h0123456789abcdefE.llvm.1234"), "foo::bar");
  // Too few different digits for a hash: C++.
  EXPECT_EQ(Simple("_ZN3foo17h0000000000000000E"), "foo::h0000000000000000");
  EXPECT_EQ(Simple("_RNvCs1234_7mycrate3foo"), "_RNvCs1234_7mycrate3foo") << "the newer scheme is not read";
}

TEST(DemangleTest, AnglesThatAreNoTemplateArgumentsStay) {
  EXPECT_EQ(Simple("<module>"), "<module>");
  EXPECT_EQ(Simple("Object.<anonymous>"), "Object.<anonymous>");
  EXPECT_EQ(Simple("<T as core::fmt::Debug>::fmt"), "<T as core::fmt::Debug>::fmt");
  EXPECT_EQ(Simple("std::vector<int>::push_back"), "std::vector::push_back");
}

TEST(DemangleTest, WhatIsDemangledAlreadyIsShortened) {
  EXPECT_EQ(Simple("std::vector<int, std::allocator<int> >::push_back(int const&)"), "std::vector::push_back");
  EXPECT_EQ(DemangleName("a::b<c(d)>(e)", DemangleMode::kTemplates), "a::b<c>");
  EXPECT_EQ(DemangleName("a::b<c>(e)", DemangleMode::kFull), "a::b<c>(e)");
  EXPECT_EQ(Simple("foo.(*Bar[...]).Method"), "foo.(*Bar[...]).Method") << "Go";
  EXPECT_EQ(Simple("java.lang.Object.<init>"), "java.lang.Object.<init>") << "Java";
  EXPECT_EQ(Simple("main.run(int)"), "main.run(int)") << "nothing of C++ in it";
  EXPECT_EQ(Simple("a::operator>(b)"), "a::operator>") << "a stray end";
}

TEST(DemangleTest, OtherNamesStay) {
  for (const std::string_view name :
       {"", "main", "runtime.mallocgc", "_Z", "_ZN", "__libc_start_main", "_Zfoo", "_ZN3fo"}) {
    EXPECT_EQ(Simple(name), name);
  }
}

TEST(DemangleTest, ShapesOfGoGenericsAreTypes) {
  EXPECT_EQ(ReadableShapes("main.Map[go.shape.int]"), "main.Map[int]");
  EXPECT_EQ(ReadableShapes("main.Map[go.shape.int_0,go.shape.string_1].func1"), "main.Map[int,string].func1");
  EXPECT_EQ(ReadableShapes("a/b.(*List[go.shape.*uint8]).Push"), "a/b.(*List[*any]).Push");
  EXPECT_EQ(ReadableShapes("main.F[go.shape.struct { X int }]"), "main.F[struct { X int }]");
  EXPECT_EQ(ReadableShapes("main.Map[...]"), "main.Map[...]");
  EXPECT_EQ(ReadableShapes("main.F[go.shape."), "main.F[");
  EXPECT_EQ(ReadableShapes("main.F[go.shape.x_"), "main.F[x_");
}

// Short symbols that stand for a lot, or nest deep: left as they are, in no time.
TEST(DemangleTest, HostileSymbolsStay) {
  std::string doubling = "_Z1fIiE1AIS0_S0_E";
  std::string types = "_Z1f1AIiiE";
  for (int i = 0; i < 60; ++i)
    types += "1AIS" + (i == 0 ? "" : std::string(1, static_cast<char>('0' + i % 10))) + "_S_E";
  (void)Simple(doubling);
  (void)DemangleName(types, DemangleMode::kFull);
  std::string pairs = "_Z1fSt4pairIiiE";
  for (int i = 1; i < 36; ++i) {
    const std::string last =
        std::string("S") + (i < 11 ? static_cast<char>('0' + i - 1) : static_cast<char>('A' + i - 11)) + "_";
    pairs += "St4pairI" + last + last + "E";
  }
  EXPECT_LE(DemangleName(pairs, DemangleMode::kFull).size(), kMaxDemangledBytes);
  EXPECT_LE(DemangleName(pairs, DemangleMode::kTemplates).size(), kMaxDemangledBytes);
  const std::string deep = "_Z1f" + std::string(5000, 'P') + "i";
  EXPECT_EQ(DemangleName(deep, DemangleMode::kFull), deep) << "kMaxDemangleDepth";
  const std::string shallow = "_Z1f" + std::string(100, 'P') + "i";
  EXPECT_EQ(DemangleName(shallow, DemangleMode::kFull), "f(int" + std::string(100, '*') + ")");
  const std::string packs = "_Z1fI" + std::string(4000, 'J') + "i" + std::string(4000, 'E') + "EvT_";
  EXPECT_EQ(Simple(packs), packs);
  const std::string longest = "_Z8190" + std::string(8190, 'a');
  EXPECT_EQ(Simple(longest), longest) << "kMaxMangledBytes";
}

TEST(DemangleTest, NoiseAndCutsAreSurvived) {
  constexpr std::string_view kSymbols[] = {
      "_ZNKSt6vectorIiSaIiEE4sizeEv", "_ZZ4mainENKUliE0_clEi", "_ZN1AcvT_IiEEv",
      "_ZN71_$LT$Test$u20$as$u20$foo..Bar$GT$3bar17h930b740aa94f1d3aE",
      "_ZN5boost6fusion6detail9for_eachILi0EEEvRKNS0_6vectorIJidEEEDTclL_ZNS0_1gEvEEE"};
  constexpr std::string_view kBytes = "_ZNSTIJXLKEsrdtclpiDpDTdn0159vRPOcvon$.\xFF";
  for (const std::string_view symbol : kSymbols) {
    for (const DemangleMode mode : {DemangleMode::kSimple, DemangleMode::kTemplates, DemangleMode::kFull}) {
      for (size_t size = 0; size <= symbol.size(); ++size) {
        EXPECT_LE(DemangleName(symbol.substr(0, size), mode).size(), kMaxDemangledBytes);
        for (const char byte : kBytes) {
          std::string noisy(symbol);
          if (size < noisy.size()) noisy[size] = byte;
          EXPECT_LE(DemangleName(noisy, mode).size(), kMaxDemangledBytes);
        }
      }
    }
  }
  for (uint64_t seed = 0; seed < 20000; ++seed) {
    std::string noise = "_Z";
    for (uint64_t i = 0, h = Mix64(seed + 1); i < 4 + h % 40; ++i) noise += kBytes[Mix64(h + i) % kBytes.size()];
    EXPECT_LE(DemangleName(noise, DemangleMode::kFull).size(), kMaxDemangledBytes);
  }
}

// pprof's rule: a function whose name differs from its system name has been demangled by somebody who knew better.
TEST(DemangleTest, OnlyNamesThatAreTheSystemNameChange) {
  Profile profile = FoldedProfile("_Z1fv;_Z1gv;main.Map[go.shape.int];_Z1hv 1\n");
  FunctionTable& functions = profile.functions;
  for (size_t i = 0; i < functions.size(); ++i) {
    const std::string_view name = profile.Text(functions.name[i]);
    functions.system_name[i] = StringPool::kEmpty;
    if (name == "_Z1gv") functions.system_name[i] = profile.strings.Intern("known");
    if (name != "_Z1hv") continue;
    functions.system_name[i] = functions.name[i];
    functions.name[i] = StringPool::kEmpty;
  }
  DemangleFunctions(&profile, DemangleMode::kSimple);
  std::string shown;
  for (size_t i = 0; i < functions.size(); ++i) {
    shown.append(profile.Text(functions.name[i])).append(" = ").append(profile.Text(functions.system_name[i])) += "\n";
  }
  EXPECT_NE(shown.find("f = _Z1fv\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("_Z1gv = known\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("main.Map[int] = main.Map[go.shape.int]\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("h = _Z1hv\n"), std::string::npos) << shown;
}

}  // namespace
}  // namespace flametrail
