// Puts the decoder's output into the ring: bytes go straight from the descriptor into the slot.
#pragma once

#include <sys/uio.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frames/nut.h"
#include "frames/ring_writer.h"

namespace vas::frames {

// Decides about a picture that is complete; nothing of it is visible to readers yet.
class Judge {
 public:
  virtual ~Judge() = default;
  // What is to be published, or nothing.
  virtual std::optional<Picture> OnPicture(const NutVideo& video, int64_t pts) = 0;
};

struct AssemblerCounts {
  std::atomic<uint64_t> published{0};
  std::atomic<uint64_t> refused{0};  // by the judge
  std::atomic<uint64_t> misfits{0};  // not of the announced size
  std::atomic<uint64_t> newest{0};   // frame_id
  std::atomic<uint64_t> epoch{0};
  std::atomic<uint32_t> width{0};
  std::atomic<uint32_t> height{0};
};

class FrameAssembler {
 public:
  struct Plan {
    std::string path;
    std::string camera_id;
    uint32_t capacity;
    size_t max_bytes;  // of the whole ring
    uint64_t first_epoch;
    uint64_t epochs;  // how many changes of geometry this run may have
  };

  FrameAssembler(const Plan& plan, Judge& judge, AssemblerCounts& counts);

  // Where the next bytes go; the second part may be empty.
  void Buffers(iovec (&parts)[2]);
  // So many bytes are there now. Throws FrameError when the output makes no sense or the ring cannot be had.
  void Received(size_t count);

 private:
  static constexpr size_t kBuffer = 2 * NutParser::kMaxPacket;
  static constexpr size_t kSkip = 65536;

  void Consume();
  void StartStream();
  void StartFrame();
  void FinishFrame();

  Plan plan_;
  Judge& judge_;
  AssemblerCounts& counts_;
  NutParser parser_;
  std::vector<uint8_t> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  std::vector<uint8_t> skipped_;
  std::unique_ptr<RingWriter> ring_;
  NutVideo video_{};
  uint64_t next_epoch_;
  // The picture that is arriving: null target means that it is skipped.
  bool in_frame_ = false;
  uint8_t* target_ = nullptr;
  size_t filled_ = 0;
  size_t size_ = 0;
  int64_t pts_ = 0;
};

}  // namespace vas::frames
