// The words that JavaScript uses for what is an enumeration here.
#pragma once

#include <napi.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "preprocess/colour.h"
#include "preprocess/tensor.h"

namespace vas::preprocess {

template <typename Value, size_t Count>
struct Names {
  std::array<std::pair<std::string_view, Value>, Count> all;

  // Throws a TypeError or RangeError that names the field and what it may be.
  Value Read(const Fields& fields, const char* field) const {
    const std::string text = fields.Text(field);
    std::string known;
    for (size_t i = 0; i < Count; ++i) {
      if (all[i].first == text) return all[i].second;
      if (i > 0) known += i + 1 == Count ? " or " : ", ";
      known += all[i].first;
    }
    throw fields.OutOfRange(field, "must be " + known + ", is '" + text + "'");
  }

  std::string NameOf(Value wanted) const {
    for (const auto& [name, value] : all)
      if (value == wanted) return std::string(name);
    return "unknown";
  }
};

inline constexpr Names<ColourMatrix, 3> kMatrices{
    {{{"bt601", ColourMatrix::kBt601}, {"bt709", ColourMatrix::kBt709}, {"bt2020", ColourMatrix::kBt2020}}}};
inline constexpr Names<ColourRange, 2> kRanges{{{{"limited", ColourRange::kLimited}, {"full", ColourRange::kFull}}}};
inline constexpr Names<Layout, 2> kLayouts{{{{"nhwc", Layout::kNhwc}, {"nchw", Layout::kNchw}}}};
inline constexpr Names<Order, 2> kOrders{{{{"rgb", Order::kRgb}, {"bgr", Order::kBgr}}}};
inline constexpr Names<Fit, 2> kFits{{{{"letterbox", Fit::kLetterbox}, {"stretch", Fit::kStretch}}}};

Napi::Object PlacementToJs(Napi::Env env, const Placement& place);

}  // namespace vas::preprocess
