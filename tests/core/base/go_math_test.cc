#include "core/base/go_math.h"

#include <gtest/gtest.h>

#include <cmath>

namespace flametrail {
namespace {

// Printed by Go 1.23 on amd64 as %x. Host libraries differ in the last bit in several of them.
TEST(GoMath, EqualsGoToTheLastBit) {
  struct Row {
    double x, log, log2, exp;  // exp: of -1/x/8
  };
  const Row rows[] = {
      {1e-300, -0x1.5963447f87fb5p+09, -0x1.f24a09f1a8b89p+09, 0x0p+00},
      {0.001, -0x1.ba18a998fffap+02, -0x1.3ee7b471b3a95p+03, 0x1.9560792d19314p-181},
      {0.3, -0x1.34378fcbda721p+00, -0x1.bca9c6f53897ap+00, 0x1.5187fce5cf883p-01},
      {0.7071067811865475, -0x1.62e42fefa39f1p-02, -0x1.0000000000001p-01, 0x1.ad09fee1622a7p-01},
      {0.7071067811865476, -0x1.62e42fefa39eep-02, -0x1.ffffffffffffep-02, 0x1.ad09fee1622a8p-01},
      {1, 0x0p+00, 0x0p+00, 0x1.c3d6a24ed8222p-01},
      {1.5, 0x1.9f323ecbf984cp-02, 0x1.2b803473f7ad2p-01, 0x1.d7100fbf669bdp-01},
      {2, 0x1.62e42fefa39efp-01, 0x1p+00, 0x1.e0fabfbc702a4p-01},
      {10, 0x1.26bb1bbb55516p+01, 0x1.a934f0979a371p+01, 0x1.f9a3cc26c0f05p-01},
      {12345.678, 0x1.2d79559791e31p+03, 0x1.b2ef5b86e63dp+03, 0x1.fffeac43586dbp-01},
      {2.0208570847415183e+09, 0x1.56d41f30adcefp+04, 0x1.ee98dd03f37b5p+04, 0x1.ffffffff77facp-01},
      {1e+300, 0x1.5963447f87fb5p+09, 0x1.f24a09f1a8b89p+09, 0x1p+00},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(GoLog(row.x), row.log) << row.x;
    EXPECT_EQ(GoLog2(row.x), row.log2) << row.x;
    EXPECT_EQ(GoExp(-1 / row.x / 8), row.exp) << row.x;
  }
  EXPECT_EQ(GoRoot(0.001, 0.3), 0x1.01d3f2d9684dp-03);
  EXPECT_EQ(GoRoot(0.25, 0.3), 0x1.51cb453b9536cp-01);
  EXPECT_EQ(GoRoot(0.7, 0.3), 0x1.cc0b43ba5c3d9p-01);
  EXPECT_EQ(GoRoot(1, 0.3), 1);
  EXPECT_EQ(GoRoot(2, 0.5), std::sqrt(2.0));
}

TEST(GoMath, Ends) {
  EXPECT_EQ(GoExp(0), 1);
  EXPECT_EQ(GoExp(-1e9), 0);
  EXPECT_EQ(GoExp(-710), 0x1.9c017e9459e18p-1025);  // subnormal
  EXPECT_EQ(GoExp(-745.13), 0x1p-1074);
  EXPECT_EQ(GoExp(-745.2), 0);
  EXPECT_EQ(GoExp(710), HUGE_VAL);
  EXPECT_EQ(GoExp(HUGE_VAL), HUGE_VAL);
  EXPECT_TRUE(std::isnan(GoExp(std::nan(""))));
  EXPECT_EQ(GoLog(0), -HUGE_VAL);
  EXPECT_EQ(GoLog(HUGE_VAL), HUGE_VAL);
  EXPECT_TRUE(std::isnan(GoLog(-1)));
  EXPECT_TRUE(std::isnan(GoLog(std::nan(""))));
}

}  // namespace
}  // namespace flametrail
