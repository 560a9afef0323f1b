// Where target pixels lie in the source: for each of them the first of two neighbouring samples and the weight of
// the second one.
#pragma once

#include <cstdint>
#include <vector>

namespace vas::preprocess {

// Weights have 11 bits: two of them and a sample make 30.
inline constexpr int kWeightBits = 11;
inline constexpr int32_t kWeightOne = 1 << kWeightBits;

// The last sample has weight 0 for its (missing) neighbour, so `first + 1` counts only where it exists.
struct Taps {
  std::vector<int32_t> first;
  std::vector<int32_t> weight;
};

struct AxisTaps {
  Taps luma;
  Taps chroma;
};

// A part of one axis of the picture, in samples: 0 and its size is all of it.
struct Span {
  double origin;
  double length;
};

// One axis. `chroma_shift` is the distance, in luma samples, of the first chroma sample from the first luma sample.
AxisTaps MakeAxisTaps(int32_t source, Span part, int32_t target, double chroma_shift);

}  // namespace vas::preprocess
