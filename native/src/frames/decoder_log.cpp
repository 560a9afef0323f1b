#include "frames/decoder_log.h"

#include <algorithm>

namespace vas::frames {

namespace {

bool Has(std::string_view line, std::string_view text) { return line.find(text) != std::string_view::npos; }

// Errors, and milder words about damage. What the demuxer drops after a loss is not among them: the gate opens
// with a key frame then.
bool IsComplaint(std::string_view line) {
  if (Has(line, "corrupt decoded frame") || Has(line, "concealing")) return true;
  return (Has(line, "[error]") || Has(line, "[fatal]")) && !line.starts_with("[mpegts");
}

std::optional<Matrix> MatrixNamed(std::string_view name) {
  if (name == "bt709") return Matrix::kBt709;
  if (name == "smpte170m" || name == "bt470bg" || name == "fcc") return Matrix::kBt601;
  if (name == "bt2020nc" || name == "bt2020c") return Matrix::kBt2020;
  return std::nullopt;
}

}  // namespace

void DecoderLog::Feed(std::span<const char> text) {
  for (const char c : text) {
    if (c != '\n' && c != '\r') {
      if (partial_.size() < kMaxLine) partial_ += c;
      continue;
    }
    if (!partial_.empty()) Line(partial_);
    partial_.clear();
  }
}

std::vector<std::string> DecoderLog::Tail() const {
  const size_t count = std::min(lines_, kTailLines);
  std::vector<std::string> lines;
  for (size_t i = lines_ - count; i < lines_; ++i) lines.push_back(tail_[i % kTailLines]);
  return lines;
}

void DecoderLog::Line(std::string_view line) {
  tail_[lines_++ % kTailLines].assign(line);
  if (IsComplaint(line)) {
    complaint_ = true;
    ++complaints_;
  }
  if (Has(line, "Video: rawvideo")) Output(line);
  // "[graph 0 input from stream 0:0 @ 0x...] [verbose] w:640 h:360 pixfmt:yuv420p tb:... ", once for each format.
  if (line.starts_with("[graph 0 input")) {
    const size_t from = line.find("w:");
    const size_t to = line.find(" tb:");
    if (from == std::string_view::npos || to == std::string_view::npos || to < from) return;
    const std::string_view input = line.substr(from, to - from);
    if (!input_.empty() && input != input_) changed_ = true;
    input_ = input;
  }
}

// "Stream #0:0: Video: rawvideo, ... nv12(tv, bt709/unknown/unknown, progressive, left), 640x360 ..."
void DecoderLog::Output(std::string_view line) {
  const size_t at = line.find("nv12(");
  if (at == std::string_view::npos) return;
  std::string_view list = line.substr(at + 5);
  list = list.substr(0, list.find(')'));
  matrix_.reset();
  range_.reset();
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (item == "tv") range_ = Range::kLimited;
    if (item == "pc") range_ = Range::kFull;
    // "matrix/primaries/transfer", or one name when all three are the same.
    if (const auto matrix = MatrixNamed(item.substr(0, item.find('/')))) matrix_ = matrix;
  }
}

}  // namespace vas::frames
