// A reader of a camera's ring: maps it read-only, holds nothing of the writer's, and notices when what it read was
// overwritten meanwhile.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "frames/layout.h"
#include "frames/mapping.h"

namespace vas::frames {

// What a valid header says; nothing of it changes while the ring lives.
struct RingFacts {
  uint32_t capacity;
  size_t slot_size;
  size_t pixel_bytes;
  std::string camera_id;
  pid_t writer_pid;
  uint64_t writer_start_ticks;
};

// Throws FrameError kBadRing that says what is wrong. Trusts nothing: `head` is any bytes, page 0 of a file of
// `file_size` bytes.
RingFacts CheckRingHeader(std::span<const std::byte> head, uint64_t file_size);

// Whether pixels may be touched: geometry, strides and offsets lie inside the slot and belong together.
bool IsSound(const FrameFields& fields, size_t pixel_bytes);

// A frame as it was when it was looked at; `sequence` tells later whether it still is.
struct FrameView {
  FrameFields fields;
  const std::byte* pixels;
  const SlotHeader* slot;
  uint64_t sequence;

  // Whether everything read since belongs to this frame.
  bool StillValid() const {
    // The pixels are read before the sequence is.
    std::atomic_thread_fence(std::memory_order_acquire);
    return slot->sequence.load(std::memory_order_relaxed) == sequence;
  }
};

class RingReader {
 public:
  // Throws FrameError kNoRing or kBadRing.
  explicit RingReader(const std::string& path);

  const RingFacts& facts() const { return facts_; }
  uint64_t epoch() const { return header()->epoch.load(std::memory_order_acquire); }

  // Ages are in nanoseconds of CLOCK_MONOTONIC. Throw FrameError kNoFrame, kStale, kOverwritten or kEnded.
  FrameView Latest(uint64_t max_age_ns) const;
  FrameView ById(uint64_t frame_id, uint64_t max_age_ns) const;

 private:
  const RingHeader* header() const { return reinterpret_cast<const RingHeader*>(mapping_.data()); }
  std::optional<FrameView> Look(uint64_t index) const;
  void RequireLive() const;

  Mapping mapping_;
  RingFacts facts_;
};

}  // namespace vas::frames
