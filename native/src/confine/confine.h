// Takes from the calling process what it does not need: files outside of some folders, the network, sockets of others,
// and signals to them.
#pragma once

#include <string>
#include <vector>

namespace vas::confine {

struct Wish {
  // Absolute paths of files and folders that may be read, missing ones are left out.
  std::vector<std::string> readable;
  // Folders in which sockets may be made and removed.
  std::vector<std::string> sockets;
  // Devices that may be read and written.
  std::vector<std::string> devices;
};

struct Outcome {
  // Files: Landlock's version, 0 where the kernel has none or refuses.
  int landlock = 0;
  // Calls: every thread is refused sockets other than connected Unix ones, connecting, and signals to other processes.
  bool network = false;
};

// Of the calling thread and of those that it starts (files), of all threads (calls). Cannot be taken back.
Outcome Confine(const Wish& wish);

}  // namespace vas::confine
