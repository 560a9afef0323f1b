// The tap of one stream: a thread that carries packets from the hand-over into a decoder FFmpeg and pictures out of
// it into the ring. JavaScript starts and stops it and is told, now and then, that something is new.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "frames/assembler.h"
#include "frames/decoder_feed.h"
#include "frames/decoder_log.h"
#include "frames/handover.h"
#include "frames/ts_gate.h"

namespace vas::frames {

// The decoder's ends of its pipes, for whoever starts it.
struct DecoderEnds {
  int input;
  int output;
  int log;
};

struct TapStats {
  uint64_t published;
  uint64_t refused;
  uint64_t misfits;
  uint64_t newest;
  uint64_t epoch;
  uint32_t width;
  uint32_t height;
  uint64_t losses;
  uint64_t complaints;
  uint64_t packets;
  uint64_t key_frames;
  bool running;
  bool changed;  // the pictures changed their size: a new run is needed
  std::string problem;
  std::vector<std::string> log;
};

class Tap final : private Judge {
 public:
  // Opens the hand-over; no thread, no memory yet. `notify` is called on the thread; it must not block.
  explicit Tap(std::function<void()> notify);
  ~Tap() override;

  uint16_t port() const { return handover_.port(); }

  // Begins a run: makes the pipes, then the thread. `hint_pts` is about where the stream is, in 90 kHz ticks.
  DecoderEnds Start(const FrameAssembler::Plan& plan, int64_t hint_pts);
  // The decoder has its ends (or could not be started): ours of them are closed.
  void Spawned();
  // Ends the run: the ring goes. Returns when the thread has ended, which takes no longer than one picture.
  void Stop();

  // The recording clock at time stamp 0, microseconds.
  void SetWallOffset(int64_t microseconds) { wall_offset_us_.store(microseconds, std::memory_order_relaxed); }
  // The ingest lost something: nothing is published until the next key frame.
  void Distrust() { distrust_.store(true, std::memory_order_relaxed); }

  TapStats Stats() const;

 private:
  void Loop(FrameAssembler::Plan plan);
  void ReadHandover();
  void WriteDecoder();
  void ReadLog();
  bool ReadPictures(FrameAssembler& assembler);
  std::optional<Picture> OnPicture(const NutVideo& video, int64_t pts) override;
  bool MayPublish(int64_t pts);
  int64_t Unwrapped(const NutVideo& video, int64_t pts);
  void Notify(bool urgent);
  void Finish(const std::string& problem);

  std::function<void()> notify_;
  Handover handover_;
  std::thread thread_;
  Descriptor wake_;
  Descriptor decoder_input_;
  Descriptor decoder_output_;
  Descriptor decoder_log_;
  Descriptor ends_[3];
  AssemblerCounts counts_;
  std::atomic<int64_t> wall_offset_us_{0};
  std::atomic<bool> distrust_{false};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> running_{false};
  std::atomic<bool> changed_{false};
  std::atomic<uint64_t> losses_{0};
  std::atomic<uint64_t> complaints_{0};
  std::atomic<uint64_t> packets_{0};
  std::atomic<uint64_t> key_frames_{0};
  mutable std::mutex text_mutex_;  // never taken for a picture
  std::string problem_;
  std::vector<std::string> log_tail_;

  // Of the thread only.
  TsGate gate_;
  DecoderFeed feed_;
  std::vector<uint8_t> passed_;
  DecoderLog log_;
  std::vector<uint8_t> pending_;
  size_t pending_from_ = 0;
  uint64_t pending_since_ns_ = 0;  // when the decoder was last in step
  bool choked_ = false;            // it is not, for too long: nothing more is kept for it until it is
  int64_t last_pts_ = 0;
  enum class Trust { kFull, kLost, kWaiting } trust_ = Trust::kFull;
  int64_t lost_pts_ = 0;  // of the picture that may be damaged
  uint64_t notified_ns_ = 0;
  bool owed_ = false;  // something new was not told yet
};

}  // namespace vas::frames
