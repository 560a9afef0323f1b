#include "frames/handover.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "frames/frame_error.h"

namespace vas::frames {

namespace {

// A key frame of 4K comes at once. The system grants less unless it was told otherwise.
constexpr int kReceiveBuffer = 4 << 20;

// Whether a UDP socket with this local port belongs to this user.
bool OwnedByUs(uint16_t port) {
  std::ifstream table("/proc/net/udp");
  if (!table) return true;  // not Linux
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    unsigned address = 0;
    unsigned local = 0;
    unsigned uid = 0;
    if (std::sscanf(line.c_str(), " %*d: %x:%x %*x:%*x %*x %*x:%*x %*x:%*x %*x %u", &address, &local, &uid) != 3) continue;
    const bool loopback = address == htonl(INADDR_LOOPBACK) || address == htonl(INADDR_ANY);
    if (loopback && local == port && uid == geteuid()) return true;
  }
  return false;
}

}  // namespace

Handover::Handover() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (!socket_.open() || bind(socket_.get(), any, length) != 0 || getsockname(socket_.get(), any, &length) != 0)
    throw FrameError(Code::kRefused, std::string("no port for the hand-over: ") + std::strerror(errno));
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof(kReceiveBuffer));
  port_ = ntohs(address.sin_port);
}

size_t Handover::Receive(std::span<uint8_t> into) {
  for (;;) {
    sockaddr_in from{};
    socklen_t length = sizeof(from);
    const ssize_t count =
        recvfrom(socket_.get(), into.data(), into.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
    if (count < 0) return 0;
    if (IsOurs(ntohs(from.sin_port))) return static_cast<size_t>(count);
  }
}

void Handover::Drain() {
  uint8_t byte = 0;
  while (recv(socket_.get(), &byte, 1, 0) >= 0) {
  }
}

// Looked up once for each sender: an ingest keeps its port for its whole life.
bool Handover::IsOurs(uint16_t sender) {
  if (sender == trusted_) return true;
  if (sender == refused_) return false;
  (OwnedByUs(sender) ? trusted_ : refused_) = sender;
  return sender == trusted_;
}

}  // namespace vas::frames
