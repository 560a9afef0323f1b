#include "frames/ring_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include "frames/frame_error.h"
#include "frames/ring_writer.h"

namespace vas::frames {

namespace {

[[noreturn]] void Bad(const std::string& what) { throw FrameError(Code::kBadRing, "not a frame ring: " + what); }

void CheckAge(const FrameFields& fields, uint64_t max_age_ns) {
  const uint64_t now = MonotonicNs();
  const uint64_t age = now > fields.monotonic_ns ? now - fields.monotonic_ns : 0;
  if (age > max_age_ns)
    throw FrameError(Code::kStale, "stale frame: " + std::to_string(age / 1'000'000) + " ms old, allowed are " +
                                       std::to_string(max_age_ns / 1'000'000) + " ms");
}

}  // namespace

RingFacts CheckRingHeader(std::span<const std::byte> head, uint64_t file_size) {
  if (head.size() < sizeof(RingHeader) || file_size < kPage) Bad("the file is too short");
  const auto number = [head]<typename T>(size_t offset, T) {
    T value;
    std::memcpy(&value, head.data() + offset, sizeof(T));
    return value;
  };
  if (number(offsetof(RingHeader, magic), uint64_t{}) != kMagic) Bad("its first bytes are not those of a ring");
  const auto version = number(offsetof(RingHeader, layout_version), uint32_t{});
  if (version != kLayoutVersion) Bad("layout version " + std::to_string(version) + ", known is 1");
  if (number(offsetof(RingHeader, header_size), uint32_t{}) != kPage) Bad("wrong header size");
  RingFacts facts{};
  facts.capacity = number(offsetof(RingHeader, capacity), uint32_t{});
  if (facts.capacity < kMinCapacity || facts.capacity > kMaxCapacity) Bad("impossible capacity");
  const auto pixel_bytes = number(offsetof(RingHeader, pixel_bytes), uint64_t{});
  if (pixel_bytes == 0 || pixel_bytes > kMaxPixelBytes) Bad("impossible picture size");
  facts.pixel_bytes = pixel_bytes;
  facts.slot_size = SlotSize(facts.pixel_bytes);
  if (number(offsetof(RingHeader, slot_size), uint64_t{}) != facts.slot_size) Bad("wrong slot size");
  const size_t size = FileSize(facts.capacity, facts.pixel_bytes);
  if (number(offsetof(RingHeader, file_size), uint64_t{}) != size || file_size != size) Bad("wrong file size");
  const auto pid = number(offsetof(RingHeader, writer_pid), uint64_t{});
  if (pid == 0 || pid > 0x7fffffff) Bad("impossible writer");
  facts.writer_pid = static_cast<pid_t>(pid);
  facts.writer_start_ticks = number(offsetof(RingHeader, writer_start_ticks), uint64_t{});
  const auto* id = reinterpret_cast<const char*>(head.data()) + offsetof(RingHeader, camera_id);
  const auto* end = std::find(id, id + kCameraIdBytes, '\0');
  if (end == id || end == id + kCameraIdBytes) Bad("no camera id");
  if (!std::all_of(id, end, [](char c) { return c > ' ' && c < 0x7f; })) Bad("impossible camera id");
  facts.camera_id.assign(id, end);
  return facts;
}

bool IsSound(const FrameFields& fields, size_t pixel_bytes) {
  const auto side = [](uint32_t value) { return value >= 1 && value <= kMaxSide; };
  if (fields.frame_id == 0 || !side(fields.width) || !side(fields.height)) return false;
  if (fields.pixel_format != kPixelFormatNv12 || fields.stride != fields.width) return false;
  if (fields.chroma_offset != uint64_t{fields.width} * fields.height) return false;
  if (fields.chroma_stride != ChromaStride(fields.width)) return false;
  if (fields.size != Nv12Bytes(fields.width, fields.height) || fields.size > pixel_bytes) return false;
  return fields.matrix <= static_cast<uint32_t>(Matrix::kBt2020) && fields.range <= static_cast<uint32_t>(Range::kFull) &&
         fields.time_base_num >= 1 && fields.time_base_den >= 1;
}

RingReader::RingReader(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.open())
    throw FrameError(errno == ENOENT ? Code::kNoRing : Code::kBadRing, "cannot open " + path + ": " + std::strerror(errno));
  struct stat status {};
  if (fstat(file.get(), &status) != 0) Bad(std::strerror(errno));
  if (!S_ISREG(status.st_mode)) Bad(path + " is no file");
  if (status.st_uid != geteuid()) Bad(path + " belongs to another user");
  const auto size = static_cast<uint64_t>(status.st_size);
  if (size < kPage || size > FileSize(kMaxCapacity, kMaxPixelBytes)) Bad("impossible file size");
  // The header is judged before the rest is mapped.
  std::array<std::byte, sizeof(RingHeader)> head{};
  if (pread(file.get(), head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) Bad("cannot be read");
  facts_ = CheckRingHeader(head, size);
  void* data = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (data == MAP_FAILED) Bad(std::string("cannot be mapped: ") + std::strerror(errno));
  mapping_ = Mapping(data, size);
}

void RingReader::RequireLive() const {
  if (header()->state.load(std::memory_order_acquire) != static_cast<uint64_t>(RingState::kLive))
    throw FrameError(Code::kEnded, "the camera's frames have ended; open the ring again");
}

std::optional<FrameView> RingReader::Look(uint64_t index) const {
  const std::byte* at = mapping_.data() + kPage + (index % facts_.capacity) * facts_.slot_size;
  const auto* slot = reinterpret_cast<const SlotHeader*>(at);
  const uint64_t sequence = slot->sequence.load(std::memory_order_acquire);
  if (sequence % 2 != 0) return std::nullopt;
  std::array<uint64_t, kFrameWords> words;
  for (size_t i = 0; i < kFrameWords; ++i) words[i] = slot->fields[i].load(std::memory_order_relaxed);
  FrameView view{std::bit_cast<FrameFields>(words), at + kPage, slot, sequence};
  if (!view.StillValid() || !IsSound(view.fields, facts_.pixel_bytes)) return std::nullopt;
  return view;
}

FrameView RingReader::Latest(uint64_t max_age_ns) const {
  RequireLive();
  // A writer that laps the whole ring in between gives the next try a newer frame.
  for (int attempt = 0; attempt < 8; ++attempt) {
    const uint64_t published = header()->published.load(std::memory_order_acquire);
    if (published == 0) throw FrameError(Code::kNoFrame, "no frame yet");
    const auto view = Look(published - 1);
    if (!view) continue;
    CheckAge(view->fields, max_age_ns);
    return *view;
  }
  throw FrameError(Code::kOverwritten, "frame overwritten");
}

FrameView RingReader::ById(uint64_t frame_id, uint64_t max_age_ns) const {
  RequireLive();
  const uint64_t published = header()->published.load(std::memory_order_acquire);
  uint64_t newest = 0;
  for (uint32_t i = 0; i < facts_.capacity; ++i) {
    const auto view = Look(published + i);
    if (!view) continue;
    if (view->fields.frame_id == frame_id) {
      CheckAge(view->fields, max_age_ns);
      return *view;
    }
    newest = std::max(newest, view->fields.frame_id);
  }
  // Never answered with another frame.
  if (frame_id == 0 || frame_id > newest) throw FrameError(Code::kNoFrame, "no frame " + std::to_string(frame_id));
  throw FrameError(Code::kOverwritten, "frame overwritten: " + std::to_string(frame_id));
}

}  // namespace vas::frames
