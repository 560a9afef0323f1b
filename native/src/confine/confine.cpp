#include "confine/confine.h"

#if defined(__linux__)

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace vas::confine {
namespace {

// Bits that older headers do not name (Linux 5.19, 6.2, 6.10).
constexpr uint64_t kRefer = 1ULL << 13;
constexpr uint64_t kTruncate = 1ULL << 14;
constexpr uint64_t kIoctlDevice = 1ULL << 15;
constexpr uint64_t kFirstVersion = (1ULL << 13) - 1;
// Linux 6.12: Unix sockets without a file, and signals, of whoever is not confined alike.
constexpr int kScopesVersion = 6;
constexpr uint64_t kScopes = 3;
constexpr int kPidfdSendSignal = 424;

// The kernel's landlock_ruleset_attr, which older headers end after the first.
struct RulesetAttributes {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;
  uint64_t scoped;
};

constexpr uint64_t kRead =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr uint64_t kSockets = LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                              LANDLOCK_ACCESS_FS_REMOVE_FILE;
constexpr uint64_t kDevice =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR | kIoctlDevice;
// What may be said of a file that is no folder.
constexpr uint64_t kOfFiles = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE |
                              LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kIoctlDevice;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

uint64_t Handled(int version) {
  uint64_t all = kFirstVersion;
  if (version >= 2) all |= kRefer;
  if (version >= 3) all |= kTruncate;
  if (version >= 5) all |= kIoctlDevice;
  return all;
}

void Allow(int ruleset, const std::vector<std::string>& paths, uint64_t access) {
  for (const std::string& path : paths) {
    const Descriptor at(open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat facts{};
    if (at.get() < 0 || fstat(at.get(), &facts) != 0) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(facts.st_mode) ? access : access & kOfFiles;
    rule.parent_fd = at.get();
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
}

int ConfineFiles(const Wish& wish) {
  const int version =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  if (version < 1) return 0;
  RulesetAttributes attributes{};
  attributes.handled_access_fs = Handled(version);
  attributes.scoped = version >= kScopesVersion ? kScopes : 0;
  const size_t size = attributes.scoped == 0 ? sizeof(attributes.handled_access_fs) : sizeof(attributes);
  const Descriptor ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
  if (ruleset.get() < 0) return 0;
  const uint64_t known = attributes.handled_access_fs;
  Allow(ruleset.get(), wish.readable, kRead & known);
  Allow(ruleset.get(), wish.sockets, kSockets & known);
  Allow(ruleset.get(), wish.devices, kDevice & known);
  return syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0 ? version : 0;
}

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kArchitecture = 0;
#endif

constexpr uint32_t kRefuse = SECCOMP_RET_ERRNO | EACCES;

// Nothing of a container needs these: it is connected to, and never connects.
constexpr uint32_t kRefused[] = {
    SYS_connect,
    // Rings of the kernel would make sockets and connect without this filter.
    SYS_io_uring_setup,
    // Signals to whoever a descriptor or a thread's number means.
    static_cast<uint32_t>(kPidfdSendSignal),
    SYS_tkill,
};
// Signals, for this process alone. What it starts may send none.
constexpr uint32_t kOfOwnProcess[] = {SYS_kill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo};
constexpr uint32_t kMakeSockets[] = {SYS_socket, SYS_socketpair};
constexpr uint32_t kSocketType = 0xf;

// The lower half of an argument: all that the calls above look at.
sock_filter LoadArgument(int index) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                  static_cast<uint32_t>(offsetof(seccomp_data, args) + static_cast<size_t>(index) * sizeof(uint64_t)));
}

std::vector<sock_filter> CallFilter(uint32_t own_pid) {
  std::vector<sock_filter> program = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      // Calls of another architecture would have other numbers.
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, kRefuse),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      // The numbers of x32 begin there; nothing of ours uses them.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, kRefuse),
  };
  const auto add = [&program](std::initializer_list<sock_filter> more) { program.insert(program.end(), more); };
  for (const uint32_t call : kRefused)
    add({BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, kRefuse)});
  for (const uint32_t call : kOfOwnProcess)
    add({
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4),
        LoadArgument(0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own_pid, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, kRefuse),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    });
  for (const uint32_t call : kMakeSockets)
    add({
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 8),
        LoadArgument(0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 0, 4),
        LoadArgument(1),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kSocketType),
        // Datagrams could be sent to any Unix socket without a connection.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SOCK_STREAM, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SOCK_SEQPACKET, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, kRefuse),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    });
  add({BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)});
  return program;
}

bool ConfineCalls() {
  if (kArchitecture == 0) return false;
  std::vector<sock_filter> program = CallFilter(static_cast<uint32_t>(getpid()));
  sock_fprog filter{};
  filter.len = static_cast<unsigned short>(program.size());
  filter.filter = program.data();
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

}  // namespace

Outcome Confine(const Wish& wish) {
  Outcome outcome;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return outcome;
  outcome.landlock = ConfineFiles(wish);
  outcome.network = ConfineCalls();
  return outcome;
}

}  // namespace vas::confine

#else

namespace vas::confine {

Outcome Confine(const Wish&) { return {}; }

}  // namespace vas::confine

#endif
