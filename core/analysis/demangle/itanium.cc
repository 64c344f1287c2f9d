// Parsed by libc++abi's parser (a header of the Emscripten package, so that native and wasm32 agree), printed by
// ourselves: names alone cost time in proportion to the symbol, while its own printer follows substitutions, which may
// stand for exponentially much; it prints types only after their length was bounded.

// The parser checks what it expects of itself with assert; on hostile symbols it must fail, not end the program.
#ifndef NDEBUG
#define NDEBUG
#endif
#include <ItaniumDemangle.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "core/analysis/demangle/demangle.h"

// The one function that the header leaves to its user: what numbers local names of one function apart, passed over.
// "_" digit, "__" digits "_", or digits up to the end.
namespace {
namespace itanium_demangle {
const char* parse_discriminator(const char* first, const char* last) {
  const auto skip_digits = [last](const char* at) {
    while (at != last && *at >= '0' && *at <= '9') ++at;
    return at;
  };
  if (first == last) return first;
  if (*first != '_') return skip_digits(first) == last ? last : first;
  if (first + 1 == last) return first;
  const char* const digits = first + (first[1] == '_' ? 2 : 1);
  const char* const end = skip_digits(digits);
  if (first[1] != '_') return end == digits ? first : digits + 1;
  return end != last && *end == '_' ? end + 1 : first;
}
}  // namespace itanium_demangle
}  // namespace

namespace flametrail {
namespace {

using itanium_demangle::Node;
using itanium_demangle::NodeArray;
using itanium_demangle::OutputStream;

// Frees all nodes at once; they have no destructors of their own to run.
class NodeAllocator {
 public:
  void reset() { blocks_.clear(); }
  template <typename T, typename... Args>
  T* makeNode(Args&&... args) {
    return new (Allocate(sizeof(T))) T(std::forward<Args>(args)...);
  }
  void* allocateNodeArray(size_t size) { return Allocate(sizeof(Node*) * size); }

 private:
  void* Allocate(size_t bytes) {
    constexpr size_t kWord = sizeof(std::max_align_t);
    blocks_.emplace_back(new std::max_align_t[bytes / kWord + 1]);
    return blocks_.back().get();
  }
  std::vector<std::unique_ptr<std::max_align_t[]>> blocks_;
};

// Everything that nests passes through these.
struct Parser : itanium_demangle::AbstractManglingParser<Parser, NodeAllocator> {
  using Base = itanium_demangle::AbstractManglingParser<Parser, NodeAllocator>;
  using Base::Base;

  Node* parseType() {
    return Guard([&] { return Base::parseType(); });
  }
  Node* parseExpr() {
    return Guard([&] { return Base::parseExpr(); });
  }
  Node* parseEncoding() {
    return Guard([&] { return Base::parseEncoding(); });
  }
  Node* parseTemplateArg() {
    return Guard([&] { return Base::parseTemplateArg(); });
  }
  Node* parseTemplateParamDecl() {
    return Guard([&] { return Base::parseTemplateParamDecl(); });
  }

 private:
  template <typename Parse>
  Node* Guard(Parse parse) {
    if (depth_ >= kMaxDemangleDepth) return nullptr;
    ++depth_;
    Node* node = parse();
    --depth_;
    return node;
  }
  int depth_ = 0;
};

std::string_view View(itanium_demangle::StringView text) { return {text.begin(), text.size()}; }

// An upper bound of what the library prints of a node. Nodes are shared, so each is measured once.
class Bound {
 public:
  uint64_t Of(const Node* node) {
    if (node == nullptr) return 0;
    if (++depth_ > kMaxDepth) too_deep_ = true;
    if (too_deep_) return kMaxDemangledBytes + 1;
    const auto [at, is_new] = known_.try_emplace(node, 0);  // 0: a cycle prints nothing again
    uint64_t bound = at->second;
    if (is_new) {
      bound = std::min(Measure(node), kMaxDemangledBytes + 1);
      known_[node] = bound;
    }
    --depth_;
    return bound;
  }

 private:
  static constexpr uint64_t kOwnText = 80;  // keywords and punctuation of one node
  static constexpr int kMaxDepth = 2000;

  uint64_t Measure(const Node* node) {
    if (node->getKind() == Node::KForwardTemplateReference) {
      return kOwnText + Of(static_cast<const itanium_demangle::ForwardTemplateReference*>(node)->Ref);
    }
    uint64_t sum = kOwnText;
    node->visit([&](const auto* typed) {
      if constexpr (!std::is_same_v<std::decay_t<decltype(*typed)>, itanium_demangle::ForwardTemplateReference>) {
        typed->match([&](const auto&... parts) { ((sum += Part(parts)), ...); });
      }
    });
    // Printed once for each element of a pack that is not known here; a pack has at most as many as the symbol bytes.
    if (node->getKind() == Node::KParameterPackExpansion) sum *= std::max<uint64_t>(most_elements_, 1);
    return sum;
  }

  template <typename T>
  uint64_t Part(const T& part) {
    if constexpr (std::is_convertible_v<T, const Node*>) {
      return Of(part);
    } else if constexpr (std::is_same_v<T, NodeArray>) {
      most_elements_ = std::max<uint64_t>(most_elements_, part.size());
      uint64_t sum = 0;
      for (const Node* node : part) sum = std::min(sum + Of(node) + 2, kMaxDemangledBytes + 1);
      return sum;
    } else if constexpr (std::is_same_v<T, itanium_demangle::StringView>) {
      return part.size();
    } else {
      return 0;
    }
  }

  std::unordered_map<const Node*, uint64_t> known_;
  uint64_t most_elements_ = 0;
  int depth_ = 0;
  bool too_deep_ = false;
};

// "" is the first, "0" the second.
std::string Ordinal(std::string_view count) {
  uint64_t number = 0;
  for (const char c : count.substr(0, 9)) number = number * 10 + static_cast<uint64_t>(c - '0');
  return "#" + std::to_string(count.empty() ? 1 : number + 2);
}

// Prints names in the way of pprof's demangler; false: something in it is beyond the limits.
class NamePrinter {
 public:
  explicit NamePrinter(DemangleMode mode) : mode_(mode) {}

  std::string Take() { return std::move(text_); }

  bool Print(const Node* node) {
    if (node == nullptr || text_.size() > kMaxDemangledBytes || ++depth_ > kMaxDepth) return false;
    bool is_good = true;
    node->visit([&](const auto* typed) { is_good = PrintNode(*typed); });
    --depth_;
    return is_good;
  }

 private:
  static constexpr int kMaxDepth = 2000;

  bool Text(std::string_view text) {
    text_ += text;
    return true;
  }
  bool Join(const Node* left, const Node* right) { return Print(left) && Text("::") && Print(right); }

  // Types, expressions and what else is no name.
  bool PrintNode(const Node& node) {
    if (bound_.Of(&node) > kMaxDemangledBytes) return false;
    OutputStream out;
    node.print(out);
    if (!out.empty()) text_.append(out.getBuffer(), out.getCurrentPosition());
    std::free(out.getBuffer());
    return true;
  }
  bool PrintNode(const itanium_demangle::FunctionEncoding& node) {
    return mode_ == DemangleMode::kFull ? PrintNode(static_cast<const Node&>(node)) : Print(node.getName());
  }
  bool PrintNode(const itanium_demangle::DotSuffix& node) {
    bool is_good = false;
    node.match([&](const Node* prefix, auto) { is_good = Print(prefix); });
    return is_good;
  }
  bool PrintNode(const itanium_demangle::NestedName& node) { return Join(node.Qual, node.Name); }
  bool PrintNode(const itanium_demangle::QualifiedName& node) {
    bool is_good = false;
    node.match([&](const Node* left, const Node* right) { is_good = Join(left, right); });
    return is_good;
  }
  bool PrintNode(const itanium_demangle::LocalName& node) {
    if (mode_ == DemangleMode::kFull) return PrintNode(static_cast<const Node&>(node));
    const bool is_function = node.Encoding->getKind() == Node::KFunctionEncoding;
    return Print(node.Encoding) && Text(is_function ? "()::" : "::") && Print(node.Entity);
  }
  bool PrintNode(const itanium_demangle::NameWithTemplateArgs& node) {
    return Print(node.Name) && (mode_ == DemangleMode::kSimple || Print(node.TemplateArgs));
  }
  bool PrintNode(const itanium_demangle::GlobalQualifiedName& node) {
    bool is_good = false;
    node.match([&](const Node* child) { is_good = Print(child); });
    return is_good;
  }
  bool PrintNode(const itanium_demangle::StdQualifiedName& node) { return Text("std::") && Print(node.Child); }
  bool PrintNode(const itanium_demangle::AbiTagAttr& node) {
    return Print(node.Base) && Text("[abi:") && Text(View(node.Tag)) && Text("]");
  }
  bool PrintNode(const itanium_demangle::SpecialName& node) {
    bool is_good = false;
    node.match([&](itanium_demangle::StringView special, const Node* child) {
      is_good = Text(View(special)) && Print(child);
    });
    return is_good;
  }
  bool PrintNode(const itanium_demangle::ExpandedSpecialSubstitution& node) {
    return mode_ == DemangleMode::kSimple ? Text("std::") && Text(View(node.getBaseName()))
                                          : PrintNode(static_cast<const Node&>(node));
  }
  bool PrintNode(const itanium_demangle::DtorName& node) {
    bool is_good = false;
    node.match([&](const Node* base) { is_good = Text("~") && Print(base); });
    return is_good;
  }
  bool PrintNode(const itanium_demangle::UnnamedTypeName& node) {
    node.match([&](itanium_demangle::StringView count) { Text("{unnamed type" + Ordinal(View(count)) + "}"); });
    return true;
  }
  bool PrintNode(const itanium_demangle::ClosureTypeName& node) {
    bool is_good = Text("{lambda(");
    node.match([&](const NodeArray&, const NodeArray& params, itanium_demangle::StringView count) {
      for (size_t i = 0; i < params.size() && is_good; ++i) is_good = (i == 0 || Text(", ")) && Print(params[i]);
      Text(")" + Ordinal(View(count)) + "}");
    });
    return is_good;
  }

  DemangleMode mode_;
  std::string text_;
  Bound bound_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> DemangleItanium(std::string_view symbol, DemangleMode mode) {
  if (!symbol.starts_with("_Z") && !symbol.starts_with("__Z") && !symbol.starts_with("___Z")) return std::nullopt;
  if (symbol.size() > kMaxMangledBytes) return std::nullopt;
  Parser parser(symbol.data(), symbol.data() + symbol.size());
  const Node* tree = parser.parse();
  if (tree == nullptr) return std::nullopt;
  NamePrinter printer(mode);
  if (!printer.Print(tree)) return std::nullopt;
  return printer.Take();
}

}  // namespace flametrail
