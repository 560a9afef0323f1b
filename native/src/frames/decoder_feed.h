// What the decoder reads: coded pictures as NUT, made of the MPEG-TS that has passed the gate. A picture is passed on
// the moment its last byte is there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vas::frames {

class DecoderFeed {
 public:
  // Most bytes of a coded picture; larger ones are left out.
  static constexpr size_t kMaxPicture = 8 << 20;

  // Whole packets from the gate. Bytes for the decoder are appended to `out`. Returns whether all went well; after
  // false nothing more must come before the next key frame.
  bool Take(std::span<const uint8_t> packets, std::vector<uint8_t>& out);

 private:
  bool One(std::span<const uint8_t> packet, std::vector<uint8_t>& out);
  void Map(std::span<const uint8_t> payload);
  bool Start(std::span<const uint8_t> pes, bool key);
  void Finish(std::vector<uint8_t>& out);

  const char* fourcc_ = nullptr;
  int video_pid_ = -1;
  int counter_ = -1;
  bool begun_ = false;
  bool in_picture_ = false;
  bool key_ = false;
  int64_t pts_ = 0;
  int64_t last_pts_ = -1;
  size_t length_ = 0;  // bytes of the picture; 0 when the header does not say
  std::vector<uint8_t> picture_;
};

}  // namespace vas::frames
