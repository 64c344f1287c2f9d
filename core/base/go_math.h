// Logarithm and exponential as Go's math package computes them on amd64 (with FMA), to the last bit
// (subnormal arguments of the logarithm aside: Go's are wrong there). The host's differ
// between libraries, so between the native command and the page, and from the tools whose numbers ours must equal.
#ifndef CORE_BASE_GO_MATH_H_
#define CORE_BASE_GO_MATH_H_

namespace flametrail {

double GoExp(double x);
// Not a number below 0, -infinity for 0.
double GoLog(double x);
// Exact for powers of two. REQUIRES: x > 0.
double GoLog2(double x);
// x to the power of y. REQUIRES: x > 0, 0 < y <= 0.5.
double GoRoot(double x, double y);

}  // namespace flametrail

#endif  // CORE_BASE_GO_MATH_H_
