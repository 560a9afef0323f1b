// The lossy way from the ingest's hand-over into the decoder. Takes MPEG-TS as it arrives, and after any loss lets
// nothing through until the next key frame, so that the decoder never sees a picture whose reference is missing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vas::frames {

class TsGate {
 public:
  static constexpr size_t kPacket = 188;

  // A datagram of whole packets. What may pass is appended to `out`. Damaged datagrams count as a loss.
  void Feed(std::span<const uint8_t> datagram, std::vector<uint8_t>& out);
  // Something was lost behind the gate, or the decoder complained: nothing passes until the next key frame.
  void Lose();

  // Whether one of the last key frames that passed is later than `after` and not later than `until`. Time stamps are
  // compared by their 33 bits.
  bool PassedKeyFrame(int64_t after, int64_t until) const;
  bool open() const { return open_; }
  uint64_t losses() const { return losses_; }
  uint64_t key_frames() const { return key_frames_; }
  uint64_t packets() const { return packets_; }

 private:
  using PacketBytes = std::array<uint8_t, kPacket>;

  void One(std::span<const uint8_t> packet, std::vector<uint8_t>& out);
  void Table(std::span<const uint8_t> packet, std::vector<uint8_t>& out, PacketBytes& kept, bool& has);
  void Video(std::span<const uint8_t> packet, size_t payload, bool key, bool starts, std::vector<uint8_t>& out);

  bool open_ = false;
  bool has_pat_ = false;
  bool has_pmt_ = false;
  PacketBytes pat_{};
  PacketBytes pmt_{};
  int pmt_pid_ = -1;
  int video_pid_ = -1;
  int last_counter_ = -1;
  int sent_counter_ = -1;
  int shift_ = 0;
  uint64_t losses_ = 0;
  uint64_t key_frames_ = 0;
  uint64_t packets_ = 0;
  std::array<int64_t, 32> key_pts_{};
  size_t key_count_ = 0;
};

}  // namespace vas::frames
