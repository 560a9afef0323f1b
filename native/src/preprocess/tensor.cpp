#include "preprocess/tensor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "preprocess/row.h"

namespace vas::preprocess {

namespace {

// Turns sums into the target's values; index 0 to 2 is the channel in the target's order.
class Bytes {
 public:
  using Value = uint8_t;
  Bytes(const TensorSpec& /*spec*/, const RowFunctions& rows) : rows_(rows) {}
  Value FromByte(uint8_t value, int /*channel*/) const { return value; }
  void Interleaved(const int32_t* const (&sums)[3], int32_t count, Value* out) const {
    rows_.interleave(sums[0], sums[1], sums[2], count, out);
  }
  void Plane(const int32_t* sums, int32_t count, int /*channel*/, Value* __restrict out) const {
    for (int32_t i = 0; i < count; ++i) out[i] = static_cast<uint8_t>((sums[i] + (1 << (kSumBits - 1))) >> kSumBits);
  }

 private:
  const RowFunctions& rows_;
};

class Floats {
 public:
  using Value = float;
  Floats(const TensorSpec& spec, const RowFunctions& rows) : rows_(rows) {
    for (int i = 0; i < 3; ++i) {
      factor_[i] = spec.scale / spec.std[i] / static_cast<float>(1 << kSumBits);
      offset_[i] = -spec.mean[i] / spec.std[i];
    }
  }
  Value FromByte(uint8_t value, int channel) const {
    return static_cast<float>(int32_t{value} << kSumBits) * factor_[channel] + offset_[channel];
  }
  void Interleaved(const int32_t* const (&sums)[3], int32_t count, Value* __restrict out) const {
    for (int32_t i = 0; i < count; ++i)
      for (int channel = 0; channel < 3; ++channel)
        out[3 * i + channel] = static_cast<float>(sums[channel][i]) * factor_[channel] + offset_[channel];
  }
  void Plane(const int32_t* sums, int32_t count, int channel, Value* out) const {
    rows_.scale(sums, count, factor_[channel], offset_[channel], out);
  }

 private:
  const RowFunctions& rows_;
  float factor_[3];
  float offset_[3];
};

// The target's memory, by row.
template <typename Store>
class Target {
 public:
  using Value = typename Store::Value;
  Target(const TensorSpec& spec, const RowFunctions& rows, Value* data) : spec_(spec), store_(spec, rows), data_(data) {
    for (int i = 0; i < 3; ++i) {
      const int colour = spec.order == Order::kRgb ? i : 2 - i;
      padding_[i] = store_.FromByte(spec.padding[colour], i);
    }
  }

  void Pad(int32_t row, int32_t from, int32_t to) {
    if (from >= to) return;
    if (spec_.layout == Layout::kNhwc) {
      Value* out = data_ + (static_cast<size_t>(row) * spec_.width + from) * 3;
      for (int32_t i = from; i < to; ++i, out += 3) std::copy(padding_, padding_ + 3, out);
    } else {
      for (int channel = 0; channel < 3; ++channel) {
        Value* out = PlaneRow(channel, row);
        std::fill(out + from, out + to, padding_[channel]);
      }
    }
  }

  void Put(int32_t row, int32_t from, int32_t count, const RowSums& sums) {
    const bool rgb = spec_.order == Order::kRgb;
    const int32_t* const channels[3] = {rgb ? sums.red : sums.blue, sums.green, rgb ? sums.blue : sums.red};
    if (spec_.layout == Layout::kNhwc) {
      store_.Interleaved(channels, count, data_ + (static_cast<size_t>(row) * spec_.width + from) * 3);
    } else {
      for (int channel = 0; channel < 3; ++channel)
        store_.Plane(channels[channel], count, channel, PlaneRow(channel, row) + from);
    }
  }

 private:
  Value* PlaneRow(int channel, int32_t row) {
    return data_ + (static_cast<size_t>(channel) * spec_.height + row) * spec_.width;
  }

  const TensorSpec& spec_;
  Store store_;
  Value* data_;
  Value padding_[3];
};

template <typename Store>
Placement Run(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, typename Store::Value* data) {
  static const RowFunctions& functions = ChooseRowFunctions();
  const Span across{spec.crop.x * source.width, spec.crop.width * source.width};
  const Span down{spec.crop.y * source.height, spec.crop.height * source.height};
  const Placement place = spec.fit == Fit::kStretch ? Placement{0, 0, spec.width, spec.height}
                                                    : PlaceInside(across.length, down.length, spec.width, spec.height);
  const ColumnPlan columns = PlanColumns(MakeAxisTaps(source.width, across, place.width, 0.0), source.width);
  const AxisTaps rows = MakeAxisTaps(source.height, down, place.height, 0.5);
  std::vector<int32_t> memory(static_cast<size_t>(place.width) * 3);
  const RowSums sums{memory.data(), memory.data() + place.width, memory.data() + 2 * static_cast<size_t>(place.width)};

  Target<Store> target(spec, functions, data);
  for (int32_t row = 0; row < place.y; ++row) target.Pad(row, 0, spec.width);
  for (int32_t row = 0; row < place.height; ++row) {
    const int32_t luma = rows.luma.first[row];
    const int32_t chroma = rows.chroma.first[row];
    const RowSource from{
        .luma = {source.y + luma * source.y_stride,
                 source.y + (luma + (rows.luma.weight[row] != 0)) * source.y_stride},
        .chroma = {source.uv + chroma * source.uv_stride,
                   source.uv + (chroma + (rows.chroma.weight[row] != 0)) * source.uv_stride},
        .luma_weight = rows.luma.weight[row],
        .chroma_weight = rows.chroma.weight[row],
    };
    functions.convert(from, columns, colour, sums);
    target.Pad(place.y + row, 0, place.x);
    target.Put(place.y + row, place.x, place.width, sums);
    target.Pad(place.y + row, place.x + place.width, spec.width);
  }
  for (int32_t row = place.y + place.height; row < spec.height; ++row) target.Pad(row, 0, spec.width);
  return place;
}

}  // namespace

Placement PlaceInside(double source_width, double source_height, int32_t width, int32_t height) {
  const double scale = std::min(width / source_width, height / source_height);
  const auto fitted = [scale](double size, int32_t limit) {
    return std::clamp(static_cast<int32_t>(std::lround(size * scale)), 1, limit);
  };
  const int32_t inner_width = fitted(source_width, width);
  const int32_t inner_height = fitted(source_height, height);
  return {(width - inner_width) / 2, (height - inner_height) / 2, inner_width, inner_height};
}

Placement ToTensor(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, uint8_t* data) {
  return Run<Bytes>(source, colour, spec, data);
}

Placement ToTensor(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, float* data) {
  return Run<Floats>(source, colour, spec, data);
}

}  // namespace vas::preprocess
