#include "core/analysis/transform/anonymise.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

std::string Draw(const Profile& profile) {
  std::string out;
  for (size_t i = 0; i < profile.functions.size(); ++i) {
    out += std::string(profile.Text(profile.functions.name[i])) + " " +
           std::string(profile.Text(profile.functions.file[i])) + "\n";
  }
  for (const Mapping& mapping : profile.mappings) out += std::string(profile.Text(mapping.file)) + "\n";
  for (const Label& label : profile.label_sets.labels) {
    out += std::string(profile.Text(label.key)) + "=" +
           (label.is_number ? std::to_string(label.number) : std::string(profile.Text(label.text))) + "\n";
  }
  return out;
}

TEST(AnonymiseTest, OwnNamesBecomeNumbersAndPublicOnesStay) {
  FoldedOptions options;
  options.binary = "/srv/secret/server";
  EXPECT_EQ(
      Draw(Anonymise(FoldedProfile("runtime.main@/go/src/runtime/proc.go:1;acme.com/shop/cart.(*Cart).Add@/x/cart.go:7;"
                                   "acme.com/shop/cart.New.func2.1@/x/cart.go:9;json.Marshal@/go/json.go:3 5 "
                                   "user=alice bytes:=64\n"
                                   "acme.com/shop.Other 1 user=bob\nmain 1 user=alice\n",
                                   options))),
      "runtime.main /go/src/runtime/proc.go\n"
      "package1.f1 file1.go\n"
      "package1.f2.func2.1 file1.go\n"
      "package2.f3 file2.go\n"
      "package3.f4 \n"
      "f5 \n"
      "binary1\n"
      "user=value1\n"
      "bytes=64\n"
      "user=value2\n"
      "user=value1\n");
}

TEST(AnonymiseTest, WhatTellsOfTheProgramGoes) {
  Profile profile = FoldedProfile("a 1\n");
  profile.comments.push_back(profile.strings.Intern("built by alice"));
  profile.doc_url = profile.strings.Intern("http://acme.com/");
  const Profile anonymous = Anonymise(std::move(profile));
  EXPECT_TRUE(anonymous.comments.empty());
  EXPECT_EQ(anonymous.Text(anonymous.doc_url), "");
}

}  // namespace
}  // namespace flametrail
