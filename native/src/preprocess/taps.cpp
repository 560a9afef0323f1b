#include "preprocess/taps.h"

#include <algorithm>
#include <cmath>

namespace vas::preprocess {

namespace {

void Add(Taps& taps, double position, int32_t count) {
  const double clamped = std::clamp(position, 0.0, static_cast<double>(count - 1));
  auto first = static_cast<int32_t>(clamped);
  auto weight = static_cast<int32_t>(std::lround((clamped - first) * kWeightOne));
  // Rounded up to the next sample.
  if (weight == kWeightOne) {
    ++first;
    weight = 0;
  }
  taps.first.push_back(first);
  taps.weight.push_back(weight);
}

}  // namespace

AxisTaps MakeAxisTaps(int32_t source, Span part, int32_t target, double chroma_shift) {
  AxisTaps taps;
  for (Taps* each : {&taps.luma, &taps.chroma}) {
    each->first.reserve(target);
    each->weight.reserve(target);
  }
  const double step = part.length / target;
  for (int32_t i = 0; i < target; ++i) {
    const double position = std::clamp(part.origin + (i + 0.5) * step - 0.5, 0.0, source - 1.0);
    Add(taps.luma, position, source);
    Add(taps.chroma, (position - chroma_shift) / 2.0, (source + 1) / 2);
  }
  return taps;
}

}  // namespace vas::preprocess
