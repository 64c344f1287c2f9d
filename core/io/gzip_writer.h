#ifndef CORE_IO_GZIP_WRITER_H_
#define CORE_IO_GZIP_WRITER_H_

#include <functional>
#include <memory>

#include "core/base/bytes.h"

namespace flametrail {

// Compresses into one gzip member without name or time: same bytes in, same bytes out.
class GzipWriter {
 public:
  // `sink` is called during Write and Finish only.
  explicit GzipWriter(std::function<void(Bytes)> sink);
  ~GzipWriter();
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;

  void Write(Bytes bytes);
  // Ends the member; nothing may be written afterwards.
  void Finish();

 private:
  struct State;
  void Pump(int flush);
  std::unique_ptr<State> state_;
};

}  // namespace flametrail

#endif  // CORE_IO_GZIP_WRITER_H_
