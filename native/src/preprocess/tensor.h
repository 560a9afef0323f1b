// NV12 to a model's input in one pass: crop, scale bilinearly, letterbox, convert, normalise. Plain C++, no Node.
#pragma once

#include <array>
#include <cstdint>

#include "preprocess/colour.h"
#include "preprocess/place.h"

namespace vas::preprocess {

enum class Layout { kNhwc, kNchw };
enum class Order { kRgb, kBgr };
enum class Fit { kLetterbox, kStretch };

// A part of the picture, as shares of its width and height: 0 <= x, x + width <= 1, and so on.
struct Region {
  double x = 0;
  double y = 0;
  double width = 1;
  double height = 1;
};

struct TensorSpec {
  int32_t width;
  int32_t height;
  Layout layout = Layout::kNhwc;
  Order order = Order::kRgb;
  Fit fit = Fit::kLetterbox;
  std::array<uint8_t, 3> padding{114, 114, 114};  // red, green, blue
  Region crop{};
  // Float only, one value a channel in the target's order: (value * scale - mean) / std, of a value from 0 to 255.
  float scale = 1.0F / 255.0F;
  std::array<float, 3> mean{0, 0, 0};
  std::array<float, 3> std{1, 1, 1};
};

// Samples at pixel centres and clamps at the picture's edges, like OpenCV's INTER_LINEAR. Chroma is taken as sited
// left (cosited horizontally, between the rows vertically), which is what H.264 and H.265 mean unless they say
// otherwise. `data` has width * height * 3 elements.
Placement ToTensor(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, uint8_t* data);
Placement ToTensor(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, float* data);

}  // namespace vas::preprocess
