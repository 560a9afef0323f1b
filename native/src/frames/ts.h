// Fields of MPEG-TS that gate and feed both need.
#pragma once

#include <cstdint>
#include <span>

namespace vas::frames {

inline constexpr int64_t kPtsMask = (int64_t{1} << 33) - 1;

// Presentation time of a PES header, 90 kHz; -1 without one.
inline int64_t PtsOf(std::span<const uint8_t> pes) {
  if (pes.size() < 14 || !(pes[7] & 0x80)) return -1;
  const auto at = [pes](size_t i) { return static_cast<int64_t>(pes[i]); };
  return ((at(9) >> 1) & 7) << 30 | at(10) << 22 | (at(11) >> 1) << 15 | at(12) << 7 | at(13) >> 1;
}

inline bool IsVideoPes(std::span<const uint8_t> pes) {
  return pes.size() >= 9 && pes[0] == 0 && pes[1] == 0 && pes[2] == 1 && (pes[3] & 0xf0) == 0xe0;
}

}  // namespace vas::frames
