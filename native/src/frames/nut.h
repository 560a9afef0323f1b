// Reads NUT, the container in which FFmpeg writes raw pictures with their time stamps, size and format in band.
// One video stream; only what stands before and between the pictures passes through here, the pixels do not.
// Trusts nothing: any bytes either parse or fail, and every size is bounded.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vas::frames {

struct NutVideo {
  uint32_t fourcc;  // as read little-endian: 'NV12' is 0x3231564e
  uint32_t width;
  uint32_t height;
  uint32_t time_base_num;
  uint32_t time_base_den;
  bool operator==(const NutVideo&) const = default;
};

struct NutFrame {
  int64_t pts;
  // Bytes that follow in the stream, after `prefix`, which the container leaves out.
  size_t size;
  std::span<const uint8_t> prefix;
};

class NutParser {
 public:
  // The longest packet other than a picture that is accepted, bytes: what the caller's buffer must hold.
  static constexpr size_t kMaxPacket = 32768;

  enum class Event {
    kMore,    // nothing complete; call again with more bytes
    kNone,    // something was read that is of no interest
    kStream,  // video() is new
    kFrame,   // frame() is valid; its bytes follow and do not belong to the parser
    kError,   // no NUT, or a kind that FFmpeg does not write; error() says what. For good.
  };
  struct Result {
    Event event;
    size_t consumed;
  };

  // Parses one item at the front of `bytes`.
  Result Next(std::span<const uint8_t> bytes);

  const NutVideo& video() const { return video_; }
  const NutFrame& frame() const { return frame_; }
  const std::string& error() const { return error_; }

 private:
  struct FrameCode {
    uint32_t flags = 0;
    uint32_t stream = 0;
    uint64_t size_multiplier = 0;
    uint64_t size_lsb = 0;
    int64_t pts_delta = 0;
    uint32_t reserved = 0;
    uint32_t header = 0;
  };
  struct TimeBase {
    uint32_t num;
    uint32_t den;
  };
  class Reader;

  Result Fail(const std::string& what);
  Result Packet(std::span<const uint8_t> bytes);
  Result Frame(std::span<const uint8_t> bytes);
  bool MainHeader(Reader& in);
  bool StreamHeader(Reader& in);
  bool SyncPoint(Reader& in);

  bool begun_ = false;
  bool has_main_ = false;
  bool has_stream_ = false;
  bool synced_ = false;
  std::array<FrameCode, 256> codes_{};
  std::vector<TimeBase> time_bases_;
  std::array<std::vector<uint8_t>, 128> elided_;
  uint32_t streams_ = 0;
  uint32_t stream_ = 0;
  int msb_shift_ = 0;
  int64_t last_pts_ = 0;
  NutVideo video_{};
  NutFrame frame_{};
  std::string error_;
};

}  // namespace vas::frames
