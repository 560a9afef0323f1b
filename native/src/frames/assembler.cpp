#include "frames/assembler.h"

#include <algorithm>
#include <cstring>

#include "frames/frame_error.h"

namespace vas::frames {

namespace {
constexpr uint32_t kNv12 = 0x3231564e;
}

FrameAssembler::FrameAssembler(const Plan& plan, Judge& judge, AssemblerCounts& counts)
    : plan_(plan), judge_(judge), counts_(counts), buffer_(kBuffer), skipped_(kSkip), next_epoch_(plan.first_epoch) {}

void FrameAssembler::Buffers(iovec (&parts)[2]) {
  if (!in_frame_) {
    parts[0] = {buffer_.data() + end_, buffer_.size() - end_};
    parts[1] = {nullptr, 0};
    return;
  }
  // A picture in progress has used up what was buffered.
  const size_t left = size_ - filled_;
  parts[0] = target_ ? iovec{target_ + filled_, left} : iovec{skipped_.data(), std::min(left, skipped_.size())};
  // Behind a part of a picture nothing else can follow yet.
  parts[1] = parts[0].iov_len == left ? iovec{buffer_.data(), buffer_.size()} : iovec{nullptr, 0};
}

void FrameAssembler::Received(size_t count) {
  if (!in_frame_) {
    end_ += count;
  } else {
    const size_t most = target_ ? size_ - filled_ : std::min(size_ - filled_, skipped_.size());
    const size_t pixels = std::min(count, most);
    filled_ += pixels;
    begin_ = 0;
    end_ = count - pixels;
    if (filled_ == size_) FinishFrame();
  }
  Consume();
}

void FrameAssembler::Consume() {
  while (begin_ < end_ || !in_frame_) {
    if (in_frame_) {
      const size_t count = std::min(size_ - filled_, end_ - begin_);
      if (target_) std::memcpy(target_ + filled_, buffer_.data() + begin_, count);
      filled_ += count;
      begin_ += count;
      if (filled_ == size_) FinishFrame();
      continue;
    }
    const auto [event, consumed] = parser_.Next({buffer_.data() + begin_, end_ - begin_});
    begin_ += consumed;
    if (event == NutParser::Event::kError) throw FrameError(Code::kRefused, parser_.error());
    if (event == NutParser::Event::kStream) StartStream();
    if (event == NutParser::Event::kFrame) StartFrame();
    if (event != NutParser::Event::kMore) continue;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (end_ == buffer_.size()) throw FrameError(Code::kRefused, "a packet is too long");
    return;
  }
  begin_ = end_ = 0;
}

// A new geometry is a new epoch. The ring is kept where the pictures fit into it.
void FrameAssembler::StartStream() {
  const NutVideo& video = parser_.video();
  if (video.fourcc != kNv12) throw FrameError(Code::kRefused, "the decoder's pictures are not NV12");
  const size_t bytes = Nv12Bytes(video.width, video.height);
  if (FileSize(plan_.capacity, bytes) > plan_.max_bytes)
    throw FrameError(Code::kNoSpace, "frames of " + std::to_string(video.width) + "x" + std::to_string(video.height) +
                                         " need more shared memory than is granted");
  if (next_epoch_ >= plan_.first_epoch + plan_.epochs)
    throw FrameError(Code::kRefused, "the pictures changed their size too often");
  if (ring_ && ring_->pixel_bytes() >= bytes) {
    ring_->StartEpoch(next_epoch_);
  } else {
    ring_.reset();  // first, or both would need room at the same time
    ring_ = std::make_unique<RingWriter>(RingPlan{plan_.path, plan_.camera_id, plan_.capacity, bytes, next_epoch_});
  }
  ++next_epoch_;
  video_ = video;
  counts_.epoch.store(ring_->epoch(), std::memory_order_relaxed);
  counts_.width.store(video.width, std::memory_order_relaxed);
  counts_.height.store(video.height, std::memory_order_relaxed);
}

void FrameAssembler::StartFrame() {
  const NutFrame& frame = parser_.frame();
  in_frame_ = true;
  filled_ = 0;
  pts_ = frame.pts;
  size_ = frame.prefix.size() + frame.size;
  // Another size than announced would be a sheared picture.
  const bool fits = ring_ && size_ == Nv12Bytes(video_.width, video_.height);
  target_ = fits ? reinterpret_cast<uint8_t*>(ring_->Begin()) : nullptr;
  if (target_) std::copy(frame.prefix.begin(), frame.prefix.end(), target_);
  filled_ = frame.prefix.size();
  if (filled_ == size_) FinishFrame();
}

void FrameAssembler::FinishFrame() {
  in_frame_ = false;
  if (!target_) {
    counts_.misfits.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  const auto picture = judge_.OnPicture(video_, pts_);
  if (!picture) {
    ring_->Abandon();
    counts_.refused.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  counts_.newest.store(ring_->Publish(*picture), std::memory_order_relaxed);
  counts_.published.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace vas::frames
