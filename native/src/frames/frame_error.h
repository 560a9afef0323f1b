// Failures that callers tell apart by a code; the same codes reach JavaScript as `error.code`.
#pragma once

#include <stdexcept>
#include <string>

namespace vas::frames {

enum class Code { kNoRing, kBadRing, kNoFrame, kStale, kOverwritten, kEnded, kNoSpace, kRefused };

constexpr const char* NameOf(Code code) {
  switch (code) {
    case Code::kNoRing: return "NO_RING";
    case Code::kBadRing: return "BAD_RING";
    case Code::kNoFrame: return "NO_FRAME";
    case Code::kStale: return "STALE";
    case Code::kOverwritten: return "OVERWRITTEN";
    case Code::kEnded: return "ENDED";
    case Code::kNoSpace: return "NO_SPACE";
    case Code::kRefused: return "REFUSED";
  }
  return "REFUSED";
}

class FrameError : public std::runtime_error {
 public:
  FrameError(Code code, const std::string& message) : std::runtime_error(message), code_(code) {}
  Code code() const { return code_; }

 private:
  Code code_;
};

}  // namespace vas::frames
