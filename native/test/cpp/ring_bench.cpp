// What publishing costs:  ring_bench publish BATCHES | stalled BATCHES STOPPED CRASHED | allocations FRAMES
// Prints one line of JSON; times are nanoseconds per 1080p frame, one value a batch.
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "frames/frame_error.h"
#include "frames/ring_reader.h"
#include "frames/ring_writer.h"
#include "json.h"

using namespace vas::frames;
using vas::test::NowNs;

namespace {

std::atomic<bool> counting{false};
std::atomic<uint64_t> allocations{0};

void Count() {
  if (counting.load(std::memory_order_relaxed)) allocations.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

// Every allocation of the process comes through here, ours and the C library's.
extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
void* malloc(size_t size) {
  Count();
  return __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  Count();
  return __libc_calloc(count, size);
}
void* realloc(void* old, size_t size) {
  Count();
  return __libc_realloc(old, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
  Count();
  return __libc_memalign(alignment, size);
}
}

namespace {

constexpr uint32_t kWidth = 1920;
constexpr uint32_t kHeight = 1080;
constexpr uint32_t kCapacity = 8;
constexpr int kFrames = 120;  // a batch
const size_t kSize = Nv12Bytes(kWidth, kHeight);
constexpr uint64_t kAnyAge = std::numeric_limits<uint64_t>::max();

// Named after the writer; its readers are forked from it.
const std::string kPath = "/dev/shm/vas_test_bench_" + std::to_string(getpid());

Picture PictureAt(int64_t pts) { return {kWidth, kHeight, pts, 1, 90000, 0, Matrix::kBt709, Range::kLimited}; }

double PublishBatch(RingWriter& writer, const std::byte* source) {
  const uint64_t start = NowNs();
  for (int i = 0; i < kFrames; ++i) {
    std::memcpy(writer.Begin(), source, kSize);
    writer.Publish(PictureAt(i));
  }
  return static_cast<double>(NowNs() - start) / kFrames;
}

// The same bytes to as many places at the same distances, in shared memory of the same kind.
double CopyBatch(std::byte* places, const std::byte* source) {
  const uint64_t start = NowNs();
  for (int i = 0; i < kFrames; ++i) {
    std::memcpy(places + kPage + (i % kCapacity) * SlotSize(kSize) + kPage, source, kSize);
    asm volatile("" ::: "memory");
  }
  return static_cast<double>(NowNs() - start) / kFrames;
}

int Publish(int batches) {
  RingWriter writer({kPath, "bench", kCapacity, kSize, 0});
  const size_t size = FileSize(kCapacity, kSize);
  auto* places = static_cast<std::byte*>(
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0));
  const auto source = std::make_unique<std::byte[]>(kSize);
  std::memset(source.get(), 7, kSize);
  PublishBatch(writer, source.get());
  CopyBatch(places, source.get());
  std::vector<double> ours;
  std::vector<double> plain;
  for (int i = 0; i < batches; ++i) {
    // Neither always goes first.
    if (i % 2 == 0) ours.push_back(PublishBatch(writer, source.get()));
    plain.push_back(CopyBatch(places, source.get()));
    if (i % 2 == 1) ours.push_back(PublishBatch(writer, source.get()));
  }
  std::printf("{");
  vas::test::PrintArray("publish_ns", ours);
  std::printf(",");
  vas::test::PrintArray("memcpy_ns", plain);
  std::printf("}\n");
  return 0;
}

pid_t StartReader() {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  RingReader reader(kPath);
  volatile std::byte sum{};
  for (;;) {
    try {
      const FrameView view = reader.Latest(kAnyAge);
      for (size_t i = 0; i < kSize; i += 4096) sum = sum ^ view.pixels[i];
    } catch (const FrameError&) {
    }
    usleep(1000);
  }
}

// A batch with readers that stopped in the middle of their work or crashed, or with none; everything else is the same.
double BatchWith(RingWriter& writer, const std::byte* source, int stopped, int crashed) {
  std::vector<pid_t> readers;
  for (int r = 0; r < stopped + crashed; ++r) readers.push_back(StartReader());
  usleep(30'000);
  for (int r = 0; r < stopped + crashed; ++r) kill(readers[r], r < stopped ? SIGSTOP : SIGSEGV);
  for (int r = stopped; r < stopped + crashed; ++r) waitpid(readers[r], nullptr, 0);
  usleep(5000);
  // The first frames are cold after the pause.
  for (int i = 0; i < 16; ++i) {
    std::memcpy(writer.Begin(), source, kSize);
    writer.Publish(PictureAt(i));
  }
  const double time = PublishBatch(writer, source);
  for (int r = 0; r < stopped; ++r) {
    kill(readers[r], SIGKILL);
    waitpid(readers[r], nullptr, 0);
  }
  return time;
}

int Stalled(int batches, int stopped, int crashed) {
  RingWriter writer({kPath, "bench", kCapacity, kSize, 0});
  const auto source = std::make_unique<std::byte[]>(kSize);
  std::memset(source.get(), 7, kSize);
  std::vector<double> alone;
  std::vector<double> with;
  for (int i = 0; i < batches; ++i) {
    if (i % 2 == 0) alone.push_back(BatchWith(writer, source.get(), 0, 0));
    with.push_back(BatchWith(writer, source.get(), stopped, crashed));
    if (i % 2 == 1) alone.push_back(BatchWith(writer, source.get(), 0, 0));
  }
  std::printf("{");
  vas::test::PrintArray("alone_ns", alone);
  std::printf(",");
  vas::test::PrintArray("with_readers_ns", with);
  std::printf("}\n");
  return 0;
}

int Allocations(int frames) {
  RingWriter writer({kPath, "bench", kCapacity, kSize, 0});
  counting = true;
  // That the count would see one.
  free(std::malloc(1));
  const uint64_t seen = allocations.exchange(0);
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  for (int i = 0; i < frames; ++i) {
    std::memset(writer.Begin(), i, kSize);
    writer.Publish(PictureAt(i));
  }
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  counting = false;
  std::printf("{\"frames\":%d,\"allocations\":%llu,\"check\":%llu,\"page_faults\":%ld}\n", frames,
              static_cast<unsigned long long>(allocations.load()), static_cast<unsigned long long>(seen),
              after.ru_minflt - before.ru_minflt);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const auto number = [&](int at) { return argc > at ? std::atoi(argv[at]) : 0; };
  if (what == "publish") return Publish(number(2));
  if (what == "stalled") return Stalled(number(2), number(3), number(4));
  if (what == "allocations") return Allocations(number(2));
  return 2;
}
