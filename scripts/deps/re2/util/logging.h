// Takes the place of RE2's own header in the wasm build: its log goes to a string stream, which brings all of libc++'s
// streams and locales (27 KB gzipped of a page that shows no log). What RE2 would log is dropped, what it would end
// the program for ends it.
#ifndef UTIL_LOGGING_H_
#define UTIL_LOGGING_H_

#include <assert.h>
#include <stdio.h>  // RE2 gets these two through its own header
#include <stdlib.h>

#include "util/util.h"

#define DCHECK(condition) assert(condition)
#define DCHECK_EQ(a, b) assert((a) == (b))
#define DCHECK_NE(a, b) assert((a) != (b))
#define DCHECK_LE(a, b) assert((a) <= (b))
#define DCHECK_LT(a, b) assert((a) < (b))
#define DCHECK_GE(a, b) assert((a) >= (b))
#define DCHECK_GT(a, b) assert((a) > (b))

#define CHECK(condition) \
  if (condition) {       \
  } else                 \
    LOG(FATAL)
#define CHECK_LT(a, b) CHECK((a) < (b))
#define CHECK_GT(a, b) CHECK((a) > (b))
#define CHECK_LE(a, b) CHECK((a) <= (b))
#define CHECK_GE(a, b) CHECK((a) >= (b))
#define CHECK_EQ(a, b) CHECK((a) == (b))
#define CHECK_NE(a, b) CHECK((a) != (b))

#define LOG_INFO false
#define LOG_WARNING false
#define LOG_ERROR false
#define LOG_DFATAL false  // as upstream with NDEBUG
#define LOG_FATAL true
#define LOG_QFATAL true
#define LOG(severity) DroppedLog(LOG_##severity)

class DroppedLog {
 public:
  explicit DroppedLog(bool is_fatal) {
    if (is_fatal) abort();
  }
  template <typename T>
  const DroppedLog& operator<<(const T&) const {
    return *this;
  }
};

#endif  // UTIL_LOGGING_H_
