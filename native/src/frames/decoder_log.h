// What the decoder FFmpeg says on standard error (with -loglevel repeat+level+verbose). It says it before it writes
// the picture that it is about, so reading all of it before a picture is published judges that very picture.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "frames/layout.h"

namespace vas::frames {

class DecoderLog {
 public:
  void Feed(std::span<const char> text);

  // Whether a line since the last call says that a picture may be damaged.
  bool TakeComplaint() { return std::exchange(complaint_, false); }
  // Whether the pictures changed their size or format since the last call; the first is no change.
  bool TakeChange() { return std::exchange(changed_, false); }
  uint64_t complaints() const { return complaints_; }
  // Of the output; absent when the stream does not say.
  std::optional<Matrix> matrix() const { return matrix_; }
  std::optional<Range> range() const { return range_; }
  // The last lines, oldest first.
  std::vector<std::string> Tail() const;

 private:
  void Line(std::string_view line);
  void Output(std::string_view line);

  static constexpr size_t kMaxLine = 1024;
  static constexpr size_t kTailLines = 24;
  std::string partial_;
  std::array<std::string, kTailLines> tail_;
  size_t lines_ = 0;
  bool complaint_ = false;
  bool changed_ = false;
  uint64_t complaints_ = 0;
  std::string input_;
  std::optional<Matrix> matrix_;
  std::optional<Range> range_;
};

// BT.601 for standard definition, BT.709 above: what players assume when a stream does not say.
constexpr Matrix UsualMatrix(uint32_t height) { return height > 576 ? Matrix::kBt709 : Matrix::kBt601; }

}  // namespace vas::frames
