// Errors are values. A Result holds a T or an Error; a Status is a Result without a value.
// (std::expected is in neither of our two standard libraries.)
#ifndef CORE_BASE_RESULT_H_
#define CORE_BASE_RESULT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace flametrail {

enum class Code : uint8_t {
  kTruncated,    // the input ends inside something
  kCorrupt,      // the bytes break the format's rules
  kUnsupported,  // a well-formed input that we do not read
  kTooLarge,     // a named limit was reached
  kInvalid,      // a question (query, flag, expression) that makes no sense
};

// What is wrong with an input, for a person: where, what was wanted, what was found.
struct Error {
  Code code = Code::kCorrupt;
  // Byte offset in the decompressed input, unset where there is no one place.
  std::optional<uint64_t> offset;
  std::string text;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return Get(); }
  const T& value() const& { return const_cast<Result*>(this)->Get(); }
  T&& value() && { return std::move(Get()); }
  T& operator*() { return Get(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &Get(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  T& Get() {
    CHECK(ok());
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CHECK(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

inline Status OkStatus() { return {}; }

}  // namespace flametrail

#define FT_CONCAT_INNER(a, b) a##b
#define FT_CONCAT(a, b) FT_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                 \
  do {                                              \
    if (auto status = (expression); !status.ok()) { \
      return status.error();                        \
    }                                               \
  } while (false)

#define ASSIGN_OR_RETURN(target, expression)        \
  auto FT_CONCAT(result_, __LINE__) = (expression); \
  if (!FT_CONCAT(result_, __LINE__).ok()) {         \
    return FT_CONCAT(result_, __LINE__).error();    \
  }                                                 \
  target = std::move(FT_CONCAT(result_, __LINE__)).value()

#endif  // CORE_BASE_RESULT_H_
