// The shared memory of one camera's frames, version 1. docs/frames.md has the same as a table.
//
// Page 0 is the ring header; then `capacity` slots of `slot_size` bytes: a page that begins with the slot header,
// then the pixels. Everything that changes while readers look is read and written atomically, word by word; only
// pixels are not, and they are guarded by the slot's sequence.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace vas::frames {

inline constexpr uint64_t kMagic = 0x31474e4952534156;  // "VASRING1" in memory
inline constexpr uint32_t kLayoutVersion = 1;
inline constexpr size_t kPage = 4096;
inline constexpr uint32_t kMinCapacity = 2;  // the newest frame must not be the one that is written next
inline constexpr uint32_t kMaxCapacity = 256;
inline constexpr size_t kMaxPixelBytes = size_t{1} << 28;
inline constexpr uint32_t kMaxSide = 16384;
inline constexpr size_t kCameraIdBytes = 64;

// frame_id = epoch * 2^33 + counter, at most 2^53 - 1: exact in JSON, SQLite and JavaScript.
inline constexpr int kCounterBits = 33;
inline constexpr uint64_t kMaxCounter = (uint64_t{1} << kCounterBits) - 1;
inline constexpr uint64_t kMaxEpoch = (uint64_t{1} << 20) - 1;

enum class RingState : uint32_t { kLive = 1, kEnded = 2 };

using Word = std::atomic<uint64_t>;
static_assert(sizeof(Word) == 8 && Word::is_always_lock_free);

struct RingHeader {
  uint64_t magic;
  uint32_t layout_version;
  uint32_t header_size;
  uint32_t capacity;
  uint32_t reserved0;
  uint64_t slot_size;
  uint64_t pixel_bytes;  // most bytes of one picture
  uint64_t file_size;
  uint64_t writer_pid;
  uint64_t writer_start_ticks;  // field 22 of /proc/<pid>/stat: a pid may be reused, this pair not
  char camera_id[kCameraIdBytes];  // ended by NUL
  // What changes, in a cache line of its own.
  Word published;  // frames so far; the newest is in slot (published - 1) % capacity
  Word epoch;
  Word state;
  Word reserved1[5];
};
static_assert(offsetof(RingHeader, camera_id) == 64);
static_assert(offsetof(RingHeader, published) == 128);
static_assert(sizeof(RingHeader) == 192);

enum class Matrix : uint32_t { kBt601 = 0, kBt709 = 1, kBt2020 = 2 };
enum class Range : uint32_t { kLimited = 0, kFull = 1 };
inline constexpr uint32_t kPixelFormatNv12 = 0;

// What a slot says about its picture.
struct FrameFields {
  uint64_t frame_id;
  int64_t pts;
  uint32_t time_base_num;
  uint32_t time_base_den;
  uint64_t monotonic_ns;  // CLOCK_MONOTONIC when the picture was complete
  int64_t wall_ns;        // the camera's recording clock at the picture's time stamp
  uint32_t width;
  uint32_t height;
  uint32_t stride;        // bytes of a luma row
  uint32_t pixel_format;
  uint32_t matrix;
  uint32_t range;
  uint64_t epoch;
  uint64_t size;          // bytes of the picture
  uint32_t chroma_offset;
  uint32_t chroma_stride;
  uint64_t reserved[4];
};
inline constexpr size_t kFrameWords = 15;
static_assert(sizeof(FrameFields) == kFrameWords * 8);

struct SlotHeader {
  Word sequence;  // odd while the slot is written
  Word fields[kFrameWords];
};
static_assert(sizeof(SlotHeader) == 128);

constexpr size_t RoundUp(size_t value, size_t multiple) { return (value + multiple - 1) / multiple * multiple; }
constexpr size_t SlotSize(size_t pixel_bytes) { return kPage + RoundUp(pixel_bytes, kPage); }
constexpr size_t FileSize(uint32_t capacity, size_t pixel_bytes) { return kPage + capacity * SlotSize(pixel_bytes); }

// NV12 without gaps: luma rows, then rows of (width + 1) / 2 pairs.
constexpr size_t ChromaStride(uint32_t width) { return 2 * ((size_t{width} + 1) / 2); }
constexpr size_t Nv12Bytes(uint32_t width, uint32_t height) {
  return size_t{width} * height + ChromaStride(width) * ((size_t{height} + 1) / 2);
}

}  // namespace vas::frames
