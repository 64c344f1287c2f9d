#ifndef CORE_ANALYSIS_SHORT_NAMES_H_
#define CORE_ANALYSIS_SHORT_NAMES_H_

#include <memory>
#include <string>
#include <string_view>

namespace flametrail {

// Names as pictures show them: Go's without the package's folders and major version, Java's without package and
// arguments, C++'s without the namespaces in front of a class (google/pprof graph.go ShortenFunctionName).
class NameShortener {
 public:
  NameShortener();
  ~NameShortener();
  NameShortener(const NameShortener&) = delete;
  NameShortener& operator=(const NameShortener&) = delete;

  std::string Shorten(std::string_view name) const;

 private:
  struct Rules;
  std::unique_ptr<const Rules> rules_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SHORT_NAMES_H_
