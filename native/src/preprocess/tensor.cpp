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
  explicit Bytes(const TensorSpec& /*spec*/) {}
  Value FromSum(int32_t sum, int /*channel*/) const { return static_cast<uint8_t>((sum + (1 << (kSumBits - 1))) >> kSumBits); }
  Value FromByte(uint8_t value, int /*channel*/) const { return value; }
};

class Floats {
 public:
  using Value = float;
  explicit Floats(const TensorSpec& spec) {
    for (int i = 0; i < 3; ++i) {
      factor_[i] = spec.scale / spec.std[i] / static_cast<float>(1 << kSumBits);
      offset_[i] = -spec.mean[i] / spec.std[i];
    }
  }
  Value FromSum(int32_t sum, int channel) const { return static_cast<float>(sum) * factor_[channel] + offset_[channel]; }
  Value FromByte(uint8_t value, int channel) const { return FromSum(int32_t{value} << kSumBits, channel); }

 private:
  float factor_[3];
  float offset_[3];
};

// The target's memory, by row.
template <typename Store>
class Target {
 public:
  using Value = typename Store::Value;
  Target(const TensorSpec& spec, Value* data) : spec_(spec), store_(spec), data_(data) {
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
    const int32_t* const colours[3] = {sums.red, sums.green, sums.blue};
    const bool rgb = spec_.order == Order::kRgb;
    const int32_t* const first = colours[rgb ? 0 : 2];
    const int32_t* const second = colours[1];
    const int32_t* const third = colours[rgb ? 2 : 0];
    if (spec_.layout == Layout::kNhwc) {
      Value* __restrict out = data_ + (static_cast<size_t>(row) * spec_.width + from) * 3;
      for (int32_t i = 0; i < count; ++i) {
        out[3 * i] = store_.FromSum(first[i], 0);
        out[3 * i + 1] = store_.FromSum(second[i], 1);
        out[3 * i + 2] = store_.FromSum(third[i], 2);
      }
    } else {
      PutPlane(0, row, from, count, first);
      PutPlane(1, row, from, count, second);
      PutPlane(2, row, from, count, third);
    }
  }

 private:
  Value* PlaneRow(int channel, int32_t row) {
    return data_ + (static_cast<size_t>(channel) * spec_.height + row) * spec_.width;
  }
  void PutPlane(int channel, int32_t row, int32_t from, int32_t count, const int32_t* sums) {
    Value* __restrict out = PlaneRow(channel, row) + from;
    const Store store = store_;
    for (int32_t i = 0; i < count; ++i) out[i] = store.FromSum(sums[i], channel);
  }

  const TensorSpec& spec_;
  Store store_;
  Value* data_;
  Value padding_[3];
};

// Leading columns at which four bytes can be read in any row without leaving the picture's memory.
int32_t WideColumns(const Nv12View& source, const AxisTaps& columns) {
  const int32_t luma_limit = static_cast<int32_t>(source.width) - 4;
  const int32_t chroma_limit = (source.width + 1) / 2 - 2;
  const auto count = static_cast<int32_t>(columns.luma.first.size());
  int32_t wide = 0;
  while (wide < count && columns.luma.first[wide] <= luma_limit && columns.chroma.first[wide] <= chroma_limit) ++wide;
  return wide;
}

template <typename Store>
Placement Run(const Nv12View& source, const YcbcrToRgb& colour, const TensorSpec& spec, typename Store::Value* data) {
  static const RowFunction convert_row = ChooseRowFunction();
  const Span across{spec.crop.x * source.width, spec.crop.width * source.width};
  const Span down{spec.crop.y * source.height, spec.crop.height * source.height};
  const Placement place = spec.fit == Fit::kStretch ? Placement{0, 0, spec.width, spec.height}
                                                    : PlaceInside(across.length, down.length, spec.width, spec.height);
  const AxisTaps columns = MakeAxisTaps(source.width, across, place.width, 0.0);
  const AxisTaps rows = MakeAxisTaps(source.height, down, place.height, 0.5);
  const Columns column_taps = Columns::Of(columns);
  const int32_t wide = WideColumns(source, columns);
  std::vector<int32_t> memory(static_cast<size_t>(place.width) * 3);
  const RowSums sums{memory.data(), memory.data() + place.width, memory.data() + 2 * static_cast<size_t>(place.width)};

  Target<Store> target(spec, data);
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
    convert_row(from, column_taps, place.width, wide, colour, sums);
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
