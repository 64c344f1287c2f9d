// Compressed inputs for tests.
#ifndef TESTS_CORE_SUPPORT_COMPRESS_H_
#define TESTS_CORE_SUPPORT_COMPRESS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace flametrail::testing {

// One gzip member, one zlib stream.
std::string Gzip(std::string_view content, int level = 6);
std::string ZlibStream(std::string_view content, int level = 6);

// One gzip member that becomes `megabytes` MiB of zeros, about a thousandth of that long. Made in no time: the
// compressed form of one MiB is repeated.
std::string GzipOfZeros(uint64_t megabytes);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_COMPRESS_H_
