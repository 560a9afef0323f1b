// Reads standard input and throws it away, through a pipe as large as the tap's. Prints the bytes read.
#include <fcntl.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <vector>

int main() {
  fcntl(STDIN_FILENO, F_SETPIPE_SZ, 1 << 20);
  std::vector<char> buffer(1 << 20);
  uint64_t total = 0;
  for (ssize_t count; (count = read(STDIN_FILENO, buffer.data(), buffer.size())) > 0;) total += static_cast<uint64_t>(count);
  std::printf("%" PRIu64 "\n", total);
  return 0;
}
