#include "core/formats/gotrace/v2/wire_text.h"

#include <initializer_list>

#include "core/base/go_quote.h"
#include "core/formats/gotrace/v2/event_spec.h"
#include "core/formats/gotrace/v2/uvarint.h"

namespace flametrail::gotrace {
namespace {

class Writer {
 public:
  Writer(Bytes data, std::string* out) : at_(data.data()), end_(data.data() + data.size()), out_(out) {}

  void Write() {
    while (at_ != end_) {
      const uint8_t* const entry = at_;
      const size_t length = out_->size();
      if (WriteEntry()) continue;
      out_->resize(length);
      *out_ += "# " + std::to_string(end_ - entry) + " bytes cannot be read\n";
      return;
    }
  }

 private:
  bool WriteEntry() {
    const uint8_t code = *at_++;
    if (code >= kEventCodes || kEventSpecs[code].name.empty()) return false;
    const EventSpec& spec = kEventSpecs[code];
    *out_ += spec.name;
    bool is_read = true;
    if (spec.is_timed) {
      is_read = Number("dt");
      for (size_t i = 0; is_read && i < spec.arg_count; ++i) is_read = Number(spec.args[i]);
    } else {
      is_read = WriteUntimed(code);
    }
    *out_ += '\n';
    return is_read;
  }

  bool WriteUntimed(uint8_t code) {
    switch (code) {
      case kStacks:
      case kStrings:
      case kCpuSamples:
      case kSync:
        return true;
      case kStack:
        return WriteStack();
      case kString:
        return Number("id") && WriteData();
      case kCpuSample:
        return Numbers({"time", "m", "p", "g", "stack"});
      case kFrequency:
        return Number("freq");
      case kClockSnapshot:
        return Numbers({"dt", "mono", "sec", "nsec"});
      default:
        return false;
    }
  }

  bool WriteStack() {
    uint64_t frames;
    if (!Number("id") || !Number("nframes", &frames)) return false;
    for (uint64_t i = 0; i < frames; ++i) {
      *out_ += "\n\t";
      uint64_t value;
      bool is_first = true;
      for (const std::string_view name : {"pc", "func", "file", "line"}) {
        if (!Read(&value)) return false;
        if (!is_first) *out_ += ' ';
        is_first = false;
        *out_ += name;
        *out_ += '=' + std::to_string(value);
      }
    }
    return true;
  }

  bool WriteData() {
    uint64_t size;
    if (!Read(&size) || size > static_cast<uint64_t>(end_ - at_)) return false;
    *out_ += "\n\tdata=" + GoQuote({reinterpret_cast<const char*>(at_), static_cast<size_t>(size)});
    at_ += size;
    return true;
  }

  bool Read(uint64_t* value) {
    const uint8_t* const next = ReadUvarint(at_, end_, value);
    if (next != nullptr) at_ = next;
    return next != nullptr;
  }
  bool Number(std::string_view name, uint64_t* value) {
    if (!Read(value)) return false;
    *out_ += ' ';
    *out_ += name;
    *out_ += '=' + std::to_string(*value);
    return true;
  }
  bool Number(std::string_view name) {
    uint64_t value;
    return Number(name, &value);
  }
  bool Numbers(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      if (!Number(name)) return false;
    }
    return true;
  }

  const uint8_t* at_;
  const uint8_t* const end_;
  std::string* const out_;
};

}  // namespace

void AppendBatchText(const BatchHeader& header, Bytes data, std::string* out) {
  const std::string place = " gen=" + std::to_string(header.generation) + " m=" + std::to_string(header.thread) +
                            " time=" + std::to_string(header.time);
  if (header.is_experimental) {
    *out += "ExperimentalBatch exp=" + std::to_string(header.experiment) + place + "\n\tdata=" + GoQuote(AsText(data)) +
            "\n";
    return;
  }
  *out += "EventBatch" + place + " size=" + std::to_string(header.size) + "\n";
  Writer(data, out).Write();
}

}  // namespace flametrail::gotrace
