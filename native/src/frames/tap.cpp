#include "frames/tap.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "frames/frame_error.h"

namespace vas::frames {

namespace {

constexpr int kPicturePipe = 1 << 20;
// What waits for a decoder that is too slow: the largest key frame fits, and nothing grows old in here.
constexpr size_t kMaxPending = 4 << 20;
constexpr uint64_t kMaxPendingNs = 500'000'000;
// JavaScript is not woken more often than this.
constexpr uint64_t kNotifyNs = 10'000'000;
constexpr int kDatagramsAtOnce = 64;
constexpr int kReadsAtOnce = 32;

void MakePipe(Descriptor& ours, Descriptor& theirs, bool we_write) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw FrameError(Code::kRefused, std::string("no pipe: ") + std::strerror(errno));
  ours = Descriptor(ends[we_write ? 1 : 0]);
  theirs = Descriptor(ends[we_write ? 0 : 1]);
  // Only our end: the decoder blocks as ever.
  fcntl(ours.get(), F_SETFL, fcntl(ours.get(), F_GETFL) | O_NONBLOCK);
}

}  // namespace

Tap::Tap(std::function<void()> notify) : notify_(std::move(notify)) {}

Tap::~Tap() { Stop(); }

DecoderEnds Tap::Start(const FrameAssembler::Plan& plan, int64_t hint_pts) {
  Stop();
  wake_ = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake_.open()) throw FrameError(Code::kRefused, "no event descriptor");
  MakePipe(decoder_input_, ends_[0], true);
  MakePipe(decoder_output_, ends_[1], false);
  MakePipe(decoder_log_, ends_[2], false);
  // Raw 1080p through 64 KiB costs four times the wake-ups. Refused where the user has many pipes: slower, no error.
  fcntl(decoder_output_.get(), F_SETPIPE_SZ, kPicturePipe);
  handover_.Drain();
  gate_ = TsGate();
  feed_ = DecoderFeed();
  log_ = DecoderLog();
  pending_.clear();
  pending_from_ = 0;
  choked_ = false;
  last_pts_ = hint_pts;
  trust_ = Trust::kFull;
  notified_ns_ = 0;
  owed_ = false;
  {
    const std::lock_guard lock(text_mutex_);
    problem_.clear();
    log_tail_.clear();
  }
  stopping_ = false;
  changed_ = false;
  distrust_ = false;
  running_ = true;
  thread_ = std::thread([this, plan] { Loop(plan); });
  return {ends_[0].get(), ends_[1].get(), ends_[2].get()};
}

void Tap::Spawned() {
  for (Descriptor& end : ends_) end.Reset();
}

void Tap::Stop() {
  if (thread_.joinable()) {
    stopping_ = true;
    const uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wake_.get(), &one, sizeof(one));
    thread_.join();
  }
  Spawned();
  decoder_input_.Reset();
  decoder_output_.Reset();
  decoder_log_.Reset();
  wake_.Reset();
  // What is counted is of a run; the epoch stays, it was used.
  for (auto* counter : {&losses_, &complaints_, &packets_, &key_frames_, &counts_.published, &counts_.refused,
                        &counts_.misfits, &counts_.newest})
    counter->store(0, std::memory_order_relaxed);
}

void Tap::Loop(FrameAssembler::Plan plan) {
  pthread_setname_np(pthread_self(), "vas-tap");
  // Signals are the application's; a decoder that died is an error of write().
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  std::string problem;
  try {
    FrameAssembler assembler(plan, *this, counts_);
    bool more = true;
    while (more && !stopping_.load(std::memory_order_relaxed)) {
      const bool blocked = pending_from_ < pending_.size();
      pollfd fds[] = {
          {wake_.get(), POLLIN, 0},
          {handover_.fd(), POLLIN, 0},
          {decoder_log_.get(), POLLIN, 0},
          {decoder_output_.get(), POLLIN, 0},
          {blocked ? decoder_input_.get() : -1, POLLOUT, 0},
      };
      if (poll(fds, std::size(fds), owed_ ? 5 : 1000) < 0 && errno != EINTR) throw FrameError(Code::kRefused, std::strerror(errno));
      if (owed_) Notify(false);
      if (distrust_.exchange(false, std::memory_order_relaxed)) {
        gate_.Lose();
        trust_ = Trust::kLost;
      }
      if (fds[1].revents) ReadHandover();
      if (fds[1].revents || fds[4].revents) WriteDecoder();
      if (fds[2].revents & POLLIN) ReadLog();
      if (fds[3].revents) more = ReadPictures(assembler);
    }
    ReadLog();
    if (!stopping_) problem = "the decoder ended";
  } catch (const std::exception& error) {
    problem = error.what();
  }
  Finish(problem);
}

void Tap::ReadHandover() {
  uint8_t datagram[65536];
  for (int i = 0; i < kDatagramsAtOnce; ++i) {
    const size_t count = handover_.Receive(datagram);
    if (count == 0) break;
    passed_.clear();
    gate_.Feed({datagram, count}, passed_);
    if (choked_) {
      // Looked at all the same, so that it is known what comes.
      gate_.Lose();
      continue;
    }
    const bool idle = pending_from_ == pending_.size();
    if (idle) {
      pending_.clear();
      pending_from_ = 0;
    }
    if (!feed_.Take(passed_, pending_)) gate_.Lose();
    if (idle && !pending_.empty()) pending_since_ns_ = MonotonicNs();
  }
  losses_.store(gate_.losses(), std::memory_order_relaxed);
  packets_.store(gate_.packets(), std::memory_order_relaxed);
  key_frames_.store(gate_.key_frames(), std::memory_order_relaxed);
}

void Tap::WriteDecoder() {
  while (pending_from_ < pending_.size()) {
    const ssize_t count = write(decoder_input_.get(), pending_.data() + pending_from_, pending_.size() - pending_from_);
    if (count <= 0) break;  // full, or gone: then its output ends too
    pending_from_ += static_cast<size_t>(count);
  }
  if (pending_from_ == pending_.size()) {
    choked_ = false;
    return;
  }
  // Too slow, stopped or starved: packets are dropped here, so that neither memory nor the age of pictures grows.
  const size_t waiting = pending_.size() - pending_from_;
  if (waiting > kMaxPending || MonotonicNs() - pending_since_ns_ > kMaxPendingNs) {
    choked_ = true;
    gate_.Lose();
  }
}

void Tap::ReadLog() {
  std::array<char, 4096> text;
  bool any = false;
  for (;;) {
    const ssize_t count = read(decoder_log_.get(), text.data(), text.size());
    if (count <= 0) break;
    log_.Feed({text.data(), static_cast<size_t>(count)});
    any = true;
  }
  if (!any) return;
  complaints_.store(log_.complaints(), std::memory_order_relaxed);
  if (log_.TakeChange()) {
    changed_ = true;
    Notify(true);
  }
}

bool Tap::ReadPictures(FrameAssembler& assembler) {
  for (int i = 0; i < kReadsAtOnce; ++i) {
    iovec parts[2];
    assembler.Buffers(parts);
    const size_t room = parts[0].iov_len + parts[1].iov_len;
    const ssize_t count = readv(decoder_output_.get(), parts, parts[1].iov_len > 0 ? 2 : 1);
    if (count == 0) return false;
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    const uint64_t before = counts_.published.load(std::memory_order_relaxed);
    assembler.Received(static_cast<size_t>(count));
    // Only now can readers see it.
    if (counts_.published.load(std::memory_order_relaxed) != before) Notify(false);
    // The pipe is empty now; asking again would only be told so.
    if (static_cast<size_t>(count) < room) break;
  }
  return true;
}

std::optional<Picture> Tap::OnPicture(const NutVideo& video, int64_t raw_pts) {
  // What the decoder has to say about this picture stands there already.
  ReadLog();
  const int64_t pts = Unwrapped(video, raw_pts);
  if (!MayPublish(pts)) return std::nullopt;
  const auto micros = static_cast<int64_t>(static_cast<__int128>(pts) * 1'000'000 * video.time_base_num / video.time_base_den);
  return Picture{
      .width = video.width,
      .height = video.height,
      .pts = pts,
      .time_base_num = video.time_base_num,
      .time_base_den = video.time_base_den,
      .wall_ns = (micros + wall_offset_us_.load(std::memory_order_relaxed)) * 1000,
      .matrix = log_.matrix().value_or(UsualMatrix(video.height)),
      .range = log_.range().value_or(Range::kLimited),
  };
}

bool Tap::MayPublish(int64_t pts) {
  // FFmpeg scales pictures of another size to the first one's; a new run gives them as they are.
  if (changed_.load(std::memory_order_relaxed)) return false;
  if (log_.TakeComplaint()) trust_ = Trust::kLost;
  switch (trust_) {
    case Trust::kFull:
      return true;
    case Trust::kLost:
      // At least this one: it may itself be the damaged key frame.
      trust_ = Trust::kWaiting;
      lost_pts_ = pts;
      return false;
    case Trust::kWaiting:
      // The key frame itself may be none of the pictures that the decoder picks at its rate.
      if (!gate_.PassedKeyFrame(lost_pts_, pts)) return false;
      trust_ = Trust::kFull;
      return true;
  }
  return false;
}

// MPEG-TS counts to 2^33 and starts again, after 26.5 hours.
int64_t Tap::Unwrapped(const NutVideo& video, int64_t pts) {
  if (video.time_base_num != 1 || video.time_base_den != 90000) return pts;
  constexpr int64_t kSpan = int64_t{1} << 33;
  const int64_t distance = last_pts_ - pts;
  const int64_t turns = (distance >= 0 ? distance + kSpan / 2 : distance - kSpan / 2) / kSpan;
  last_pts_ = pts + turns * kSpan;
  return last_pts_;
}

void Tap::Notify(bool urgent) {
  const uint64_t now = MonotonicNs();
  owed_ = !urgent && now - notified_ns_ < kNotifyNs;
  if (owed_) return;
  notified_ns_ = now;
  notify_();
}

void Tap::Finish(const std::string& problem) {
  {
    const std::lock_guard lock(text_mutex_);
    problem_ = problem;
    log_tail_ = log_.Tail();
  }
  running_ = false;
  if (!stopping_) notify_();
}

TapStats Tap::Stats() const {
  const auto get = [](const auto& value) { return value.load(std::memory_order_relaxed); };
  TapStats stats{
      .published = get(counts_.published),
      .refused = get(counts_.refused),
      .misfits = get(counts_.misfits),
      .newest = get(counts_.newest),
      .epoch = get(counts_.epoch),
      .width = get(counts_.width),
      .height = get(counts_.height),
      .losses = get(losses_),
      .complaints = get(complaints_),
      .packets = get(packets_),
      .key_frames = get(key_frames_),
      .running = running_.load(),
      .changed = changed_.load(),
      .problem = {},
      .log = {},
  };
  const std::lock_guard lock(text_mutex_);
  stats.problem = problem_;
  stats.log = log_tail_;
  return stats;
}

}  // namespace vas::frames
