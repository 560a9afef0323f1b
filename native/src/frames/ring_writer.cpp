#include "frames/ring_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>

#include "frames/frame_error.h"

namespace vas::frames {

namespace {

std::string Reason(const char* what, const std::string& path, int error) {
  return std::string(what) + " " + path + ": " + std::strerror(error);
}

// Field 22 of /proc/self/stat. The name in brackets may hold anything, so fields are counted from its end.
uint64_t OwnStartTicks() {
  std::ifstream file("/proc/self/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return 0;
  const char* at = text.c_str() + name_end + 1;
  unsigned long long ticks = 0;
  // State is field 3; 19 fields follow until the start time.
  if (std::sscanf(at, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &ticks) != 1)
    return 0;
  return ticks;
}

void Check(const RingPlan& plan) {
  if (plan.path.empty() || plan.path.front() != '/') throw FrameError(Code::kRefused, "the ring's path must be absolute");
  if (plan.camera_id.empty() || plan.camera_id.size() >= kCameraIdBytes)
    throw FrameError(Code::kRefused, "the camera id must have 1 to 63 bytes");
  if (plan.capacity < kMinCapacity || plan.capacity > kMaxCapacity)
    throw FrameError(Code::kRefused, "the capacity must be 2 to 256 frames");
  if (plan.pixel_bytes == 0 || plan.pixel_bytes > kMaxPixelBytes)
    throw FrameError(Code::kRefused, "a picture must have 1 to 268435456 bytes");
  if (plan.epoch > kMaxEpoch) throw FrameError(Code::kRefused, "the epoch has more than 20 bits");
}

}  // namespace

uint64_t MonotonicNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

RingWriter::RingWriter(const RingPlan& plan)
    : path_(plan.path),
      slot_size_(SlotSize(plan.pixel_bytes)),
      pixel_bytes_(plan.pixel_bytes),
      capacity_(plan.capacity),
      epoch_(plan.epoch) {
  Check(plan);
  const size_t size = FileSize(capacity_, pixel_bytes_);
  // Made aside and renamed, so that nobody ever opens half a ring.
  const std::string draft = path_ + ".new";
  unlink(draft.c_str());
  Descriptor file(open(draft.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.open()) throw FrameError(Code::kRefused, Reason("cannot create", draft, errno));
  try {
    struct stat status {};
    if (fchmod(file.get(), 0600) != 0 || fstat(file.get(), &status) != 0)
      throw FrameError(Code::kRefused, Reason("cannot prepare", draft, errno));
    device_ = status.st_dev;
    inode_ = status.st_ino;
    if (const int error = posix_fallocate(file.get(), 0, static_cast<off_t>(size)); error != 0)
      throw FrameError(Code::kNoSpace, "no room for " + std::to_string(size) + " bytes of frames, " +
                                           Reason("cannot reserve", draft, error));
    // Populated now: the first frames take no page faults.
    void* data = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file.get(), 0);
    if (data == MAP_FAILED) throw FrameError(Code::kNoSpace, Reason("cannot map", draft, errno));
    mapping_ = Mapping(data, size);

    RingHeader* head = new (mapping_.data()) RingHeader{};
    head->layout_version = kLayoutVersion;
    head->header_size = kPage;
    head->capacity = capacity_;
    head->slot_size = slot_size_;
    head->pixel_bytes = pixel_bytes_;
    head->file_size = size;
    head->writer_pid = static_cast<uint64_t>(getpid());
    head->writer_start_ticks = OwnStartTicks();
    std::memcpy(head->camera_id, plan.camera_id.data(), plan.camera_id.size());
    head->epoch.store(epoch_, std::memory_order_relaxed);
    head->state.store(static_cast<uint64_t>(RingState::kLive), std::memory_order_relaxed);
    for (uint32_t i = 0; i < capacity_; ++i) new (mapping_.data() + kPage + i * slot_size_) SlotHeader{};
    head->magic = kMagic;
    if (rename(draft.c_str(), path_.c_str()) != 0) throw FrameError(Code::kRefused, Reason("cannot rename", draft, errno));
  } catch (...) {
    unlink(draft.c_str());
    throw;
  }
}

RingWriter::~RingWriter() {
  header()->state.store(static_cast<uint64_t>(RingState::kEnded), std::memory_order_release);
  struct stat status {};
  if (lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_) unlink(path_.c_str());
}

SlotHeader* RingWriter::slot(uint64_t index) const {
  return reinterpret_cast<SlotHeader*>(mapping_.data() + kPage + (index % capacity_) * slot_size_);
}

void RingWriter::StartEpoch(uint64_t epoch) {
  if (epoch <= epoch_ || epoch > kMaxEpoch)
    throw FrameError(Code::kRefused, "the epoch must grow and have at most 20 bits");
  epoch_ = epoch;
  counter_ = 0;
  header()->epoch.store(epoch, std::memory_order_release);
}

std::byte* RingWriter::Begin() {
  SlotHeader* target = slot(published_);
  if (!writing_) {
    writing_ = true;
    target->sequence.store(target->sequence.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    // Readers that see any of the following stores see the odd sequence.
    std::atomic_thread_fence(std::memory_order_release);
  }
  return reinterpret_cast<std::byte*>(target) + kPage;
}

uint64_t RingWriter::Publish(const Picture& picture) {
  if (!writing_) throw FrameError(Code::kRefused, "publish without begin");
  const size_t size = Nv12Bytes(picture.width, picture.height);
  if (picture.width == 0 || picture.height == 0 || size > pixel_bytes_ || counter_ >= kMaxCounter) {
    Abandon();
    throw FrameError(Code::kRefused, counter_ >= kMaxCounter ? "the epoch is used up" : "the picture does not fit the ring");
  }
  last_frame_id_ = (epoch_ << kCounterBits) | ++counter_;
  const FrameFields fields{
      .frame_id = last_frame_id_,
      .pts = picture.pts,
      .time_base_num = picture.time_base_num,
      .time_base_den = picture.time_base_den,
      .monotonic_ns = MonotonicNs(),
      .wall_ns = picture.wall_ns,
      .width = picture.width,
      .height = picture.height,
      .stride = picture.width,
      .pixel_format = kPixelFormatNv12,
      .matrix = static_cast<uint32_t>(picture.matrix),
      .range = static_cast<uint32_t>(picture.range),
      .epoch = epoch_,
      .size = size,
      .chroma_offset = picture.width * picture.height,
      .chroma_stride = static_cast<uint32_t>(ChromaStride(picture.width)),
      .reserved = {},
  };
  SlotHeader* target = slot(published_);
  StoreFields(target, fields);
  target->sequence.store(target->sequence.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  writing_ = false;
  ++published_;
  header()->published.store(published_, std::memory_order_release);
  return last_frame_id_;
}

void RingWriter::Abandon() {
  if (!writing_) return;
  SlotHeader* target = slot(published_);
  StoreFields(target, FrameFields{});
  target->sequence.store(target->sequence.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  writing_ = false;
}

void RingWriter::StoreFields(SlotHeader* target, const FrameFields& fields) {
  const auto words = std::bit_cast<std::array<uint64_t, kFrameWords>>(fields);
  for (size_t i = 0; i < kFrameWords; ++i) target->fields[i].store(words[i], std::memory_order_relaxed);
}

}  // namespace vas::frames
