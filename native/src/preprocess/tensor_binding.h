// A model's input as JavaScript describes it.
#pragma once

#include <napi.h>

#include "preprocess/tensor.h"

namespace vas::preprocess {

// `bytes` or `floats` is memory of JavaScript, valid until the call returns.
struct TensorTarget {
  TensorSpec spec;
  uint8_t* bytes = nullptr;
  float* floats = nullptr;

  Placement Fill(const Nv12View& source, const YcbcrToRgb& colour) const {
    return bytes ? ToTensor(source, colour, spec, bytes) : ToTensor(source, colour, spec, floats);
  }
};

// Throws a TypeError or RangeError that names the field, prefixed by `path`.
TensorTarget ReadTensorTarget(const Napi::Value& value, const std::string& path);

}  // namespace vas::preprocess
