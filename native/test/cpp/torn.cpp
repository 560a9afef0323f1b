// Hunts torn frames across processes: one writer, some readers that provoke being overtaken.
//   torn FRAMES WIDTH HEIGHT READERS PACE_NS [mutant]
// Every word of a frame follows from its id. A reader copies, re-checks the slot's sequence (the mutant does not), and
// only then compares. Prints one line of JSON; exit code 0 whatever was found.
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cinttypes>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

#include "frames/frame_error.h"
#include "frames/pixel_copy.h"
#include "frames/ring_reader.h"
#include "frames/ring_writer.h"

using namespace vas::frames;

namespace {

constexpr uint64_t kAnyAge = std::numeric_limits<uint64_t>::max();
constexpr int kMaxReaders = 16;

// Shared by all processes.
struct Counts {
  std::atomic<uint64_t> ready{0};
  std::atomic<uint64_t> done{0};
  struct Reader {
    std::atomic<uint64_t> verified{0};
    std::atomic<uint64_t> retries{0};
    std::atomic<uint64_t> torn{0};
  } readers[kMaxReaders];
};

uint64_t SeedOf(uint64_t id) {
  id ^= id >> 30;
  id *= 0xbf58476d1ce4e5b9;
  id ^= id >> 27;
  return id * 0x94d049bb133111eb;
}

void Fill(uint64_t* words, size_t count, uint64_t id) {
  const uint64_t seed = SeedOf(id);
  for (size_t i = 0; i < count; ++i) words[i] = seed + i;
}

bool IsWhole(const uint64_t* words, size_t count, uint64_t id) {
  const uint64_t seed = SeedOf(id);
  uint64_t difference = 0;
  for (size_t i = 0; i < count; ++i) difference |= words[i] ^ (seed + i);
  return difference == 0;
}

void Pause(uint64_t ns) {
  if (ns == 0) return;
  const timespec time{0, static_cast<long>(ns)};
  nanosleep(&time, nullptr);
}

class Reader {
 public:
  Reader(const std::string& path, Counts::Reader& counts, size_t size, bool mutant)
      : ring_(path), counts_(counts), copy_(size / 8), mutant_(mutant) {}

  void Run(const std::atomic<uint64_t>& done) {
    uint64_t last = 0;
    uint64_t turn = 0;
    while (done.load() == 0) {
      uint64_t newest = 0;
      try {
        newest = ring_.Latest(kAnyAge).fields.frame_id;
      } catch (const FrameError& error) {
        if (error.code() == Code::kEnded) return;
        if (error.code() == Code::kOverwritten) ++counts_.retries;
      }
      if (newest <= last) {
        // Not spinning: the writer and the other readers share the cores.
        Pause(20'000);
        continue;
      }
      // Every third turn goes to the oldest frame there is, the next to be overwritten.
      const uint64_t behind = ring_.facts().capacity - 1;
      const bool dare = ++turn % 3 == 0 && newest > behind + (newest & ~kMaxCounter);
      const uint64_t from = dare ? newest - behind : std::max(last + 1, newest > behind - 1 ? newest - behind + 1 : 1);
      for (uint64_t id = from; id <= newest; ++id) Verify(id, dare);
      last = newest;
    }
  }

 private:
  void Verify(uint64_t id, bool dare) {
    try {
      const FrameView view = ring_.ById(id, kAnyAge);
      auto* to = reinterpret_cast<std::byte*>(copy_.data());
      const size_t half = copy_.size() / 2 * 8;
      CopySharedPixels(to, view.pixels, half);
      if (dare) sched_yield();
      CopySharedPixels(to + half, view.pixels + half, copy_.size() * 8 - half);
      if (!mutant_ && !view.StillValid()) {
        ++counts_.retries;
        return;
      }
      if (IsWhole(copy_.data(), copy_.size(), id)) {
        // Each frame counts once.
        if (id > counted_) ++counts_.verified;
        counted_ = std::max(counted_, id);
      } else {
        ++counts_.torn;
      }
    } catch (const FrameError& error) {
      if (error.code() == Code::kOverwritten) ++counts_.retries;
    }
  }

  RingReader ring_;
  Counts::Reader& counts_;
  std::vector<uint64_t> copy_;
  bool mutant_;
  uint64_t counted_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) return 2;
  const uint64_t frames = std::strtoull(argv[1], nullptr, 10);
  const auto width = static_cast<uint32_t>(std::atoi(argv[2]));
  const auto height = static_cast<uint32_t>(std::atoi(argv[3]));
  const int readers = std::min(std::atoi(argv[4]), kMaxReaders);
  const uint64_t pace = std::strtoull(argv[5], nullptr, 10);
  const bool mutant = argc > 6 && std::strcmp(argv[6], "mutant") == 0;
  const size_t size = Nv12Bytes(width, height) / 8 * 8;
  const std::string path = "/dev/shm/vas_test_torn_" + std::to_string(getpid());

  void* memory = mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto* counts = new (memory) Counts();
  RingWriter writer({path, "torn", 8, Nv12Bytes(width, height), 0});
  std::vector<pid_t> children;
  for (int i = 0; i < readers; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      {
        Reader reader(path, counts->readers[i], size, mutant);
        ++counts->ready;
        reader.Run(counts->done);
      }
      _exit(0);
    }
    children.push_back(pid);
  }
  while (counts->ready.load() < static_cast<uint64_t>(readers)) sched_yield();
  for (uint64_t i = 1; i <= frames; ++i) {
    Fill(reinterpret_cast<uint64_t*>(writer.Begin()), size / 8, i);
    writer.Publish({width, height, static_cast<int64_t>(i), 1, 90000, 0, Matrix::kBt709, Range::kLimited});
    // In bursts that lap the readers, with pauses in which they can follow.
    if (i % 8 == 0) Pause(pace * 8);
  }
  counts->done = 1;
  uint64_t crashed = 0;
  for (const pid_t pid : children) {
    int status = 0;
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) ++crashed;
  }
  uint64_t torn = 0;
  uint64_t retries = 0;
  uint64_t least = frames;
  for (int i = 0; i < readers; ++i) {
    torn += counts->readers[i].torn;
    retries += counts->readers[i].retries;
    least = std::min(least, counts->readers[i].verified.load());
  }
  std::printf("{\"frames\":%" PRIu64 ",\"bytes\":%zu,\"readers\":%d,\"torn\":%" PRIu64 ",\"retries\":%" PRIu64
              ",\"least_verified\":%" PRIu64 ",\"crashed\":%" PRIu64 "}\n",
              frames, size, readers, torn, retries, least, crashed);
  return 0;
}
