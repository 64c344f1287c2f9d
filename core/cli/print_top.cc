#include "core/cli/print_top.h"

#include "core/base/checked.h"
#include "core/base/utf8.h"

namespace flametrail {
namespace {

constexpr size_t kValueWidth = 10;

// Go's %10s: widths are in code points.
std::string PadLeft(const std::string& text) {
  const size_t width = RuneCount(text);
  return width < kValueWidth ? std::string(kValueWidth - width, ' ') + text : text;
}

std::string_view InlineText(Inlining inlining) {
  switch (inlining) {
    case Inlining::kNone: return "";
    case Inlining::kSome: return " (partial-inline)";
    case Inlining::kAll: return " (inline)";
  }
  return "";
}

}  // namespace

std::string PrintTop(const TopReport& report) {
  const ReportContext& context = report.context;
  std::string out;
  for (const std::string& label : report.labels) out += label + '\n';
  out += "      flat  flat%   sum%        cum   cum%\n";
  int64_t sum = 0;
  for (const TopRow& row : report.rows) {
    sum = WrapAdd(sum, row.flat);
    out += PadLeft(context.Format(row.flat)) + ' ' + context.Percent(row.flat) + ' ' + context.Percent(sum) + ' ' +
           PadLeft(context.Format(row.cum)) + ' ' + context.Percent(row.cum) + "  " + row.name;
    out += InlineText(row.inlining);
    out += '\n';
  }
  return out;
}

}  // namespace flametrail
