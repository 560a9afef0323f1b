// Writes coded pictures as NUT for the decoder's standard input. FFmpeg's MPEG-TS demuxer needs the beginning of the
// next picture to know that one has ended, and its parser once more; a NUT packet says how long it is.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vas::frames {

class NutPackets {
 public:
  // The description of one video stream with times of 1/90000 s. `fourcc` has four characters.
  static void Begin(std::string_view fourcc, std::vector<uint8_t>& out);
  // One coded picture; `pts` is not negative. The first one must be a key frame.
  static void Frame(int64_t pts, bool key, std::span<const uint8_t> data, std::vector<uint8_t>& out);
};

}  // namespace vas::frames
