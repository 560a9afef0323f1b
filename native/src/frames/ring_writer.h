// The one writer of a camera's ring. Begin, fill the pixels, then Publish or Abandon: no lock, no allocation, no
// system call but the clock, and nothing that depends on readers.
#pragma once

#include <cstdint>
#include <string>

#include "frames/layout.h"
#include "frames/mapping.h"

namespace vas::frames {

struct RingPlan {
  std::string path;
  std::string camera_id;
  uint32_t capacity = 8;
  size_t pixel_bytes = 0;
  uint64_t epoch = 0;
};

struct Picture {
  uint32_t width;
  uint32_t height;
  int64_t pts;
  uint32_t time_base_num;
  uint32_t time_base_den;
  int64_t wall_ns;
  Matrix matrix;
  Range range;
};

class RingWriter {
 public:
  // Reserves all memory, so that a full /dev/shm is an error here and never SIGBUS later. Replaces a file of the
  // same name. Throws FrameError kRefused or kNoSpace.
  explicit RingWriter(const RingPlan& plan);
  // Tells readers that nothing more comes and removes the file, if it is still this ring's.
  ~RingWriter();
  RingWriter(const RingWriter&) = delete;
  RingWriter& operator=(const RingWriter&) = delete;

  size_t pixel_bytes() const { return pixel_bytes_; }
  uint64_t epoch() const { return epoch_; }
  uint64_t last_frame_id() const { return last_frame_id_; }

  // A new epoch restarts the counter. It must be greater than the one before.
  void StartEpoch(uint64_t epoch);

  // The pixels of the oldest slot, which from now on is not readable.
  std::byte* Begin();
  // Makes it the newest frame. The picture must fit. Returns its id.
  uint64_t Publish(const Picture& picture);
  // Nothing came of it; the slot stays empty until the next frame.
  void Abandon();

 private:
  RingHeader* header() const { return reinterpret_cast<RingHeader*>(mapping_.data()); }
  SlotHeader* slot(uint64_t index) const;
  void StoreFields(SlotHeader* target, const FrameFields& fields);

  std::string path_;
  uint64_t device_ = 0;
  uint64_t inode_ = 0;
  Mapping mapping_;
  size_t slot_size_ = 0;
  size_t pixel_bytes_ = 0;
  uint32_t capacity_ = 0;
  uint64_t published_ = 0;
  uint64_t epoch_ = 0;
  uint64_t counter_ = 0;
  uint64_t last_frame_id_ = 0;
  bool writing_ = false;
};

uint64_t MonotonicNs();

}  // namespace vas::frames
