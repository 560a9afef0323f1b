// The tap's thread with a decoder of the test's own, for the address and the thread sanitizer. Also: writer and readers
// of one ring as threads.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <limits>
#include <thread>

#include "check.h"
#include "frames/frame_error.h"
#include "frames/pixel_copy.h"
#include "frames/ring_reader.h"
#include "frames/tap.h"
#include "nut_writer.h"
#include "preprocess/tensor.h"
#include "ts_writer.h"

using namespace vas;
using namespace vas::frames;
using vas::test::NutWriter;
using vas::test::TsWriter;
using vas::test::operator+;

namespace {

constexpr uint64_t kAnyAge = std::numeric_limits<uint64_t>::max();
constexpr uint32_t kWidth = 32;
constexpr uint32_t kHeight = 16;
const size_t kSize = Nv12Bytes(kWidth, kHeight);

std::string Path(const char* name) { return "/dev/shm/vas_test_tap_" + std::to_string(getpid()) + "_" + name; }

template <typename Condition>
void Until(Condition condition) {
  for (int i = 0; i < 6000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(condition());
}

void WriteAll(int fd, const void* data, size_t size) {
  const auto* at = static_cast<const uint8_t*>(data);
  while (size > 0) {
    const ssize_t count = write(fd, at, size);
    CHECK(count > 0);
    at += count;
    size -= static_cast<size_t>(count);
  }
}

// Stands where FFmpeg stands: at the far ends of the tap's pipes and of the hand-over.
struct FakeDecoder {
  explicit FakeDecoder(Tap& tap, const std::string& path, int64_t hint = 0) {
    const DecoderEnds ends = tap.Start({path, "camera", 4, 1 << 20, 1, 4}, hint);
    input = dup(ends.input);
    output = dup(ends.output);
    log = dup(ends.log);
    tap.Spawned();
    socket_ = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(tap.port());
    CHECK(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0);
    Write(NutWriter::FileId() + NutWriter::Main(1, 90000) + NutWriter::Stream(kWidth, kHeight) + NutWriter::SyncPoint(0));
  }
  ~FakeDecoder() {
    for (const int fd : {input, output, log, socket_}) close(fd);
  }
  void Write(const NutWriter::Bytes& bytes) const { WriteAll(output, bytes.data(), bytes.size()); }
  void Show(int64_t pts, uint8_t value = 1) const { Write(NutWriter::Frame(pts, NutWriter::Bytes(kSize, value))); }
  void Say(const std::string& line) const { WriteAll(log, line.data(), line.size()); }
  void Send(const TsWriter::Bytes& bytes) const { CHECK(send(socket_, bytes.data(), bytes.size(), 0) > 0); }

  int input;
  int output;
  int log;
  TsWriter ts;

 private:
  int socket_;
};

}  // namespace

TEST("pictures get their time stamps, unwrapped, and the recording's clock") {
  Tap tap([] {});
  tap.SetWallOffset(1'000'000);
  // The stream ran for more than one turn of 33 bits before the decoder joined.
  FakeDecoder decoder(tap, Path("a"), (int64_t{1} << 33) + 180000);
  decoder.Show(180000);
  Until([&] { return tap.Stats().published == 1; });
  RingReader reader(Path("a"));
  const FrameFields fields = reader.Latest(kAnyAge).fields;
  CHECK(fields.pts == (int64_t{1} << 33) + 180000 && fields.time_base_den == 90000);
  const int64_t micros = ((int64_t{1} << 33) + 180000) * 100 / 9;
  CHECK(fields.wall_ns == (micros + 1'000'000) * 1000);
  CHECK(fields.matrix == static_cast<uint32_t>(Matrix::kBt601));
}

TEST("after damage nothing is published until the next key frame, and the damaged picture never") {
  Tap tap([] {});
  FakeDecoder decoder(tap, Path("b"));
  decoder.Send(TsWriter::Pat() + TsWriter::Pmt() + decoder.ts.Picture(true, 100, 2));
  Until([&] { return tap.Stats().key_frames == 1; });
  decoder.Show(100);
  decoder.Show(200);
  Until([&] { return tap.Stats().published == 2; });
  decoder.Send(decoder.ts.Picture(true, 400, 2));
  Until([&] { return tap.Stats().key_frames == 2; });
  // The line is there before the picture, as with FFmpeg.
  decoder.Say("[h264 @ 0x1] [error] error while decoding MB 1 1\n");
  decoder.Show(300);
  decoder.Show(350);
  decoder.Show(400);
  decoder.Show(500);
  Until([&] { return tap.Stats().published == 4; });
  CHECK(tap.Stats().refused == 2 && tap.Stats().complaints == 1);
  // A damaged key frame is no way back.
  decoder.Send(decoder.ts.Picture(true, 600, 2));
  decoder.Send(decoder.ts.Picture(true, 800, 2));
  Until([&] { return tap.Stats().key_frames == 4; });
  decoder.Say("[h264 @ 0x1] [info] concealing 4 DC, 4 AC, 4 MV errors in I frame\n");
  decoder.Show(600);
  decoder.Show(700);
  decoder.Show(800);
  Until([&] { return tap.Stats().published == 5; });
  CHECK(tap.Stats().refused == 4);
  RingReader reader(Path("b"));
  CHECK(reader.Latest(kAnyAge).fields.pts == 800);
  // The ingest lost packets.
  tap.Distrust();
  decoder.Send(decoder.ts.Picture(false, 850, 1));
  decoder.Send(decoder.ts.Picture(true, 900, 1));
  Until([&] { return tap.Stats().key_frames == 5; });
  decoder.Show(850);
  decoder.Show(900);
  Until([&] { return tap.Stats().published == 6; });
  CHECK(tap.Stats().refused == 5 && tap.Stats().losses == 1);
}

TEST("after damage the pictures behind a key frame are published, also where the decoder leaves that one out") {
  Tap tap([] {});
  FakeDecoder decoder(tap, Path("g"));
  decoder.Send(TsWriter::Pat() + TsWriter::Pmt() + decoder.ts.Picture(true, 100, 2));
  Until([&] { return tap.Stats().key_frames == 1; });
  decoder.Show(100);
  Until([&] { return tap.Stats().published == 1; });
  decoder.Say("[h264 @ 0x1] [error] error while decoding MB 1 1\n");
  decoder.Show(200);
  decoder.Show(300);
  Until([&] { return tap.Stats().refused == 2; });
  decoder.Send(decoder.ts.Picture(true, 460, 2));
  Until([&] { return tap.Stats().key_frames == 2; });
  decoder.Show(400);
  Until([&] { return tap.Stats().refused == 3; });
  decoder.Show(500);
  decoder.Show(600);
  Until([&] { return tap.Stats().published == 3; });
  CHECK(tap.Stats().refused == 3);
  tap.Distrust();
  decoder.Send(decoder.ts.Picture(false, 650, 1));
  Until([&] { return tap.Stats().losses == 1; });
  decoder.Send(decoder.ts.Picture(true, 660, 1));
  decoder.Send(decoder.ts.Picture(true, 860, 1));
  Until([&] { return tap.Stats().key_frames == 4; });
  // May be damaged itself, and so may what follows from the key frame before it.
  decoder.Show(700);
  decoder.Show(800);
  decoder.Show(900);
  Until([&] { return tap.Stats().published == 4; });
  CHECK(tap.Stats().refused == 5);
}

TEST("a decoder that reads nothing costs bounded memory and never stops the hand-over") {
  Tap tap([] {});
  FakeDecoder decoder(tap, Path("c"));
  decoder.Send(TsWriter::Pat() + TsWriter::Pmt());
  uint64_t sent = 0;
  for (int i = 0; i < 1500; ++i) {
    decoder.Send(decoder.ts.Picture(i % 10 == 0, 100 * i, 100));
    sent += 100;
    if (i % 50 == 0) Until([&] { return tap.Stats().packets + 40 * 100 > sent; });
  }
  Until([&] { return tap.Stats().losses > 0; });
  // It goes on: it gets what was kept, then the next key frame.
  std::atomic<bool> stop{false};
  std::thread reads([&] {
    std::vector<uint8_t> bytes(65536);
    while (!stop) CHECK(read(decoder.input, bytes.data(), bytes.size()) > 0);
  });
  const uint64_t keys = tap.Stats().key_frames;
  for (int i = 0; i < 5; ++i) {
    decoder.Send(decoder.ts.Picture(true, 1'000'000 + i, 3));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  Until([&] { return tap.Stats().key_frames >= keys + 5; });
  stop = true;
  decoder.Send(decoder.ts.Picture(true, 2'000'000, 3));
  reads.join();
}

TEST("a decoder that dies, talks nonsense or changes its pictures ends the run with a reason") {
  std::atomic<int> news{0};
  Tap tap([&] { ++news; });
  {
    FakeDecoder decoder(tap, Path("d"));
    decoder.Show(1);
    Until([&] { return tap.Stats().published == 1; });
    decoder.Say("[fatal] out of memory\n");
  }
  Until([&] { return !tap.Stats().running; });
  CHECK(tap.Stats().problem == "the decoder ended" && tap.Stats().log.back() == "[fatal] out of memory");
  CHECK_THROWS(RingReader(Path("d")), Code::kNoRing);
  CHECK(news > 0);
  {
    FakeDecoder decoder(tap, Path("d"));
    decoder.Write(NutWriter::Bytes(100, 'x'));
    Until([&] { return !tap.Stats().running; });
    CHECK(tap.Stats().problem.find("damaged") != std::string::npos || tap.Stats().problem.find("impossible") != std::string::npos ||
          tap.Stats().problem.find("nothing") != std::string::npos);
  }
  FakeDecoder decoder(tap, Path("d"));
  decoder.Say("[graph 0 input from stream 0:0 @ 0x1] [verbose] w:32 h:16 pixfmt:yuv420p tb:1/90000\n");
  decoder.Show(1);
  Until([&] { return tap.Stats().published == 1; });
  decoder.Say("[graph 0 input from stream 0:0 @ 0x1] [verbose] w:16 h:32 pixfmt:yuv420p tb:1/90000\n");
  decoder.Show(2);
  Until([&] { return tap.Stats().refused == 1; });
  CHECK(tap.Stats().changed);
  // A new run is an epoch of its own.
  CHECK(tap.Stats().epoch == 1);
}

TEST("starting, stopping and asking from another thread") {
  for (int round = 0; round < 30; ++round) {
    std::atomic<int> news{0};
    Tap tap([&] { ++news; });
    FakeDecoder decoder(tap, Path("e"));
    std::thread asks([&] {
      for (int i = 0; i < 50; ++i) {
        tap.SetWallOffset(i);
        (void)tap.Stats();
      }
    });
    for (int i = 0; i < 5; ++i) decoder.Show(100 * i);
    asks.join();
    tap.Stop();
  }
}

TEST("readers in threads never see a torn frame") {
  RingWriter writer({Path("f"), "camera", 2, kSize, 1});
  std::atomic<bool> stop{false};
  std::atomic<uint64_t> verified{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&, r] {
      RingReader reader(Path("f"));
      std::vector<std::byte> copy(kSize);
      std::vector<uint8_t> tensor(24 * 24 * 3);
      const auto colour = preprocess::MakeYcbcrToRgb(preprocess::ColourMatrix::kBt709, preprocess::ColourRange::kFull);
      while (!stop) {
        try {
          const FrameView view = reader.Latest(kAnyAge);
          const auto value = static_cast<std::byte>(view.fields.pts & 0xff);
          if (r == 0) {
            CopySharedPixels(copy.data(), view.pixels, kSize);
            if (!view.StillValid()) continue;
            for (const std::byte each : copy) CHECK(each == value);
          } else {
            const auto* pixels = reinterpret_cast<const uint8_t*>(view.pixels);
            const preprocess::Nv12View nv12{pixels, pixels + view.fields.chroma_offset, kWidth, kHeight, kWidth, kWidth};
            preprocess::ToTensor(nv12, colour, {.width = 24, .height = 24, .fit = preprocess::Fit::kStretch}, tensor.data());
            if (!view.StillValid()) continue;
            for (size_t i = 0; i < tensor.size(); ++i) CHECK(tensor[i] == tensor[i % 3]);
          }
          ++verified;
        } catch (const FrameError& error) {
          CHECK(error.code() == Code::kNoFrame || error.code() == Code::kOverwritten);
        }
      }
    });
  }
  int64_t pts = 0;
  while (pts < 20000 || verified < 100) {
    std::memset(writer.Begin(), static_cast<int>(pts & 0xff), kSize);
    writer.Publish({kWidth, kHeight, pts++, 1, 90000, 0, Matrix::kBt709, Range::kFull});
    if (pts % 64 == 0) std::this_thread::yield();
  }
  stop = true;
  for (std::thread& each : readers) each.join();
}

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  return vas::test::RunAll();
}
