#include "preprocess/tensor_binding.h"

#include "preprocess/names.h"

namespace vas::preprocess {

namespace {

constexpr int32_t kMaxSize = 16384;
constexpr double kMaxMagnitude = 1e6;

std::array<float, 3> ReadChannels(const Fields& fields, const char* name, double smallest) {
  const Napi::Value value = fields.Get(name);
  if (!value.IsArray() || value.As<Napi::Array>().Length() != 3) throw fields.Wrong(name, "must be an array of 3 numbers");
  std::array<float, 3> result{};
  for (uint32_t i = 0; i < 3; ++i) {
    const Napi::Value item = value.As<Napi::Array>()[i];
    const double number = item.IsNumber() ? item.As<Napi::Number>().DoubleValue() : NAN;
    if (!(number >= smallest && number <= kMaxMagnitude)) throw fields.OutOfRange(name, "has an impossible value");
    result[i] = static_cast<float>(number);
  }
  return result;
}

Region ReadCrop(const Napi::Value& value, const std::string& path) {
  const Fields fields(value, path);
  const Region crop{fields.Number("x", 0, 1), fields.Number("y", 0, 1), fields.Number("width", 0, 1), fields.Number("height", 0, 1)};
  // A crop that was computed may miss 1 by the last bits.
  constexpr double kRounding = 1e-9;
  if (crop.width <= 0 || crop.x + crop.width > 1 + kRounding) throw fields.OutOfRange("width", "must be above 0 and end within the picture");
  if (crop.height <= 0 || crop.y + crop.height > 1 + kRounding) throw fields.OutOfRange("height", "must be above 0 and end within the picture");
  return crop;
}

std::array<uint8_t, 3> ReadColour(const Napi::Value& value, const std::string& path) {
  const Fields fields(value, path);
  return {static_cast<uint8_t>(fields.Integer("r", 0, 255)), static_cast<uint8_t>(fields.Integer("g", 0, 255)),
          static_cast<uint8_t>(fields.Integer("b", 0, 255))};
}

void ReadData(const Fields& fields, TensorTarget& target) {
  const Napi::Value value = fields.Get("data");
  const size_t needed = static_cast<size_t>(target.spec.width) * target.spec.height * 3;
  const auto type = value.IsTypedArray() ? value.As<Napi::TypedArray>().TypedArrayType() : napi_int8_array;
  if (type != napi_uint8_array && type != napi_float32_array) throw fields.Wrong("data", "must be a Uint8Array or a Float32Array");
  const size_t length = value.As<Napi::TypedArray>().ElementLength();
  // A longer one is a mistake about the size, and part of a tensor would keep old pixels.
  if (length != needed) throw fields.OutOfRange("data", "must have exactly " + std::to_string(needed) + " elements, has " + std::to_string(length));
  if (type == napi_uint8_array) {
    target.bytes = value.As<Napi::Uint8Array>().Data();
  } else {
    target.floats = value.As<Napi::Float32Array>().Data();
  }
}

}  // namespace

TensorTarget ReadTensorTarget(const Napi::Value& value, const std::string& path) {
  const Fields fields(value, path);
  TensorTarget target;
  TensorSpec& spec = target.spec;
  spec.width = fields.Integer("width", 1, kMaxSize);
  spec.height = fields.Integer("height", 1, kMaxSize);
  ReadData(fields, target);
  spec.layout = kLayouts.Read(fields, "layout");
  spec.order = kOrders.Read(fields, "order");
  spec.fit = kFits.Read(fields, "fit");
  if (fields.Has("padding")) spec.padding = ReadColour(fields.Get("padding"), fields.PathOf("padding"));
  if (fields.Has("crop")) spec.crop = ReadCrop(fields.Get("crop"), fields.PathOf("crop"));
  for (const char* name : {"mean", "std", "scale"})
    if (target.bytes && fields.Has(name)) throw fields.Wrong(name, "needs a Float32Array");
  if (fields.Has("scale")) spec.scale = static_cast<float>(fields.Number("scale", 1e-9, kMaxMagnitude));
  if (fields.Has("mean")) spec.mean = ReadChannels(fields, "mean", -kMaxMagnitude);
  if (fields.Has("std")) spec.std = ReadChannels(fields, "std", 1e-9);
  return target;
}

}  // namespace vas::preprocess
